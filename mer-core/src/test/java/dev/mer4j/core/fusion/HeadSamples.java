package dev.mer4j.core.fusion;

import dev.mer4j.core.fusion.HeadShape.HiddenLayer;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/** Small heads with random inputs. */
public final class HeadSamples {
  public static final int STATE = 6;

  private final SeedStream draws = new Seeds(5).stream("head-test");

  public SeedStream draws() {
    return draws;
  }

  public static HeadShape shape(Fusion fusion, Task task, double dropout) {
    return new HeadShape(
        Modality.MOSEI, STATE, fusion, new HiddenLayer(9, dropout), task, Emotion.MOSEI.size());
  }

  /** Of these modalities, such as {@code text,gaze}. */
  public static HeadShape shape(String modalities, Fusion fusion, Task task, double dropout) {
    HeadShape three = shape(fusion, task, dropout);
    return new HeadShape(
        ModalitySet.parse(modalities).toList(),
        STATE,
        fusion,
        three.hidden(),
        task,
        three.classes());
  }

  /** With any number of classes. */
  public static HeadShape ofClasses(Fusion fusion, Task task, int classes) {
    return new HeadShape(Modality.MOSEI, STATE, fusion, new HiddenLayer(9, 0), task, classes);
  }

  /** Returns a shape with the class none. */
  public static HeadShape withNone(Fusion fusion, int width, double dropout) {
    return new HeadShape(
        Modality.MOSEI,
        STATE,
        fusion,
        new HiddenLayer(width, dropout),
        Task.SINGLE_LABEL,
        Emotion.MOSEI.size() + 1);
  }

  public Parameters parameters(HeadShape shape) {
    Parameters.Layout layout = new Parameters.Layout();
    HeadParameters.declare(layout, shape);
    Parameters parameters = layout.allocate();
    HeadParameters.initialize(new Initialization(new Seeds(3)), parameters);
    if (shape.fusion() instanceof Fusion.Additive) {
      setSumBias(parameters);
    }
    return parameters;
  }

  /** Sets the bias, which is initially zero, to zeros and other values in turn. */
  private static void setSumBias(Parameters parameters) {
    ParameterView bias = parameters.view(HeadParameters.SUM_BIAS);
    for (int c = 0; c < bias.size(); c++) {
      parameters.values()[bias.offset() + c] = c % 2 == 0 ? 0 : 0.1f * c;
    }
  }

  /**
   * Returns random states, nonzero even where a modality is absent, because the head must ignore
   * them.
   */
  public PerModality<float[]> states(int batch) {
    return states(Modality.MOSEI, batch);
  }

  /** The same, of other modalities. */
  public PerModality<float[]> states(List<Modality> modalities, int batch) {
    SeedStream noise = new Seeds(batch).stream("states");
    PerModality.Builder<float[]> states = PerModality.builder();
    for (Modality modality : modalities) {
      float[] values = new float[batch * STATE];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) noise.nextGaussian();
      }
      states.put(modality, values);
    }
    return states.build();
  }

  public Presence presence(int batch) {
    return presence(Modality.MOSEI, batch);
  }

  /** Sets of these modalities in turn, the full one first. */
  public Presence presence(List<Modality> modalities, int batch) {
    List<ModalitySet> subsets = ModalitySet.of(modalities).subsets();
    List<ModalitySet> rows = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      rows.add(subsets.get(subsets.size() - 1 - b % subsets.size()));
    }
    return Presence.of(rows);
  }

  public float[] targets(HeadShape shape, int batch) {
    int classes = shape.classes();
    float[] targets = new float[batch * classes];
    for (int b = 0; b < batch; b++) {
      if (shape.task() == Task.SINGLE_LABEL) {
        targets[b * classes + draws.nextInt(classes)] = 1;
      } else {
        for (int c = 0; c < classes; c++) {
          targets[b * classes + c] = draws.nextInt(2);
        }
      }
    }
    return targets;
  }
}
