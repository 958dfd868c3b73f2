package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.RelativeError;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.HeadShape.HiddenLayer;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the head's kernels with {@link FusionHead}. */
class HeadKernelsTest {
  private static final double TOLERANCE = 1e-5;
  private static final int STATE = 36;
  private static final int BATCH = 19;
  private static final String EIGHT_MODALITIES = "text,a,b,c,d,e,f,g";
  private static final List<Double> WEIGHTS = List.of(1.0, 2.0, 0.5, 3.0, 1.5, 4.0, 0.7);

  /** The number of labels, and that of 64 labels with the class none. */
  private static final List<Integer> CLASSES = List.of(2, 3, 6, 7, 8, 9, 33, 64, 65);

  private static final List<String> MODALITIES =
      List.of("gaze", "text,gaze", "text,audio,visual", "text,a,b,c,d", EIGHT_MODALITIES);

  static Stream<Arguments> heads() {
    Fusion attention = new Fusion.Attention(11);
    List<Arguments> heads = new ArrayList<>();
    for (Task task : Task.values()) {
      for (int classes : CLASSES) {
        heads.add(head("text,audio,visual", attention, task, loss(classes, 2)));
      }
      heads.add(head("text,audio,visual", attention, task, loss(6, 1)));
      for (String modalities : MODALITIES) {
        heads.add(head(modalities, Fusion.concatenation(), task, Loss.UNWEIGHTED));
        heads.add(head(modalities, attention, task, Loss.UNWEIGHTED));
      }
    }
    return heads.stream();
  }

  /** The smallest heads, and the largest: eight modalities, 64 labels and the class none. */
  static Stream<Arguments> extremes() {
    List<Arguments> heads = new ArrayList<>();
    for (Fusion fusion : List.of(Fusion.concatenation(), new Fusion.Attention(11))) {
      for (Task task : Task.values()) {
        heads.add(head("gaze", fusion, task, loss(2, 2)));
        heads.add(head(EIGHT_MODALITIES, fusion, task, loss(65, 2)));
      }
    }
    return heads.stream();
  }

  private static Arguments head(String modalities, Fusion fusion, Task task, Loss loss) {
    HeadShape shape =
        new HeadShape(
            ModalitySet.parse(modalities).toList(),
            STATE,
            fusion,
            new HiddenLayer(40, 0.3),
            task,
            loss.weights().size());
    return Arguments.of(shape, loss);
  }

  private static Loss loss(int classes, double gamma) {
    List<Double> weights =
        IntStream.range(0, classes).mapToObj(c -> WEIGHTS.get(c % WEIGHTS.size())).toList();
    return new Loss(weights, gamma);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource({"heads", "extremes"})
  void stepEqualsThatOfTheFusionHead(HeadShape shape, Loss loss) {
    assertSameStep(shape, loss, BATCH);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("extremes")
  void stepOfOneRowEqualsThatOfTheFusionHead(HeadShape shape, Loss loss) {
    assertSameStep(shape, loss, 1);
  }

  private static void assertSameStep(HeadShape shape, Loss loss, int batch) {
    Parameters parameters = parameters(shape);
    Presence presence = presence(shape.modalities(), batch);
    PerModality<float[]> states =
        PerModality.of(shape.modalities(), modality -> states(modality, presence));
    float[] targets = targets(shape, batch);
    FusionHead reference = new FusionHead(shape, parameters, loss);
    float[] gradient = new float[parameters.size()];
    PerModality<float[]> stateGradients = states.map(state -> new float[state.length]);
    double expected =
        reference.train(
            states, presence, targets, new Seeds(1).stream("dropout"), gradient, stateGradients);
    Head.Output output = reference.infer(states, presence);

    try (HeadRun kernels = new HeadRun(shape, loss, parameters, states, presence, targets)) {
      kernels.forward(null);
      assertClose(kernels.logits(), output.logits());
      assertClose(kernels.probabilities(), output.probabilities());
      assertClose(kernels.weights(), output.weights());
      kernels.forward(dropout(shape, batch));
      assertThat(kernels.loss()).isCloseTo(expected, within(TOLERANCE * expected));
      kernels.backward();
      for (Modality modality : shape.modalities()) {
        assertClose(kernels.stateGradients(modality), stateGradients.get(modality));
      }
      for (ParameterView tensor : parameters.views()) {
        assertClose(slice(kernels.gradient(), tensor), slice(gradient, tensor));
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("extremes")
  void resultsDoNotDependOnTheOrderOfThreads(HeadShape shape, Loss loss) {
    Parameters parameters = parameters(shape);
    float[] expected = gradient(shape, loss, parameters, 0);
    for (int order = 1; order <= 3; order++) {
      assertThat(gradient(shape, loss, parameters, order)).isEqualTo(expected);
    }
  }

  private static float[] gradient(HeadShape shape, Loss loss, Parameters parameters, int order) {
    Presence presence = presence(shape.modalities(), BATCH);
    PerModality<float[]> states =
        PerModality.of(shape.modalities(), modality -> states(modality, presence));
    float[] targets = targets(shape, BATCH);
    try (HeadRun kernels = new HeadRun(shape, loss, parameters, states, presence, targets)) {
      kernels.order(order);
      kernels.forward(dropout(shape, BATCH));
      kernels.backward();
      return kernels.gradient();
    }
  }

  private static float[] slice(float[] values, ParameterView tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.offset() + tensor.size());
  }

  private static void assertClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    assertThat(RelativeError.of(RelativeError.doubles(found), RelativeError.doubles(expected)))
        .isLessThan(TOLERANCE);
  }

  /** Returns the dropout factors that {@link FusionHead} draws from this stream. */
  private static float[] dropout(HeadShape shape, int batch) {
    SeedStream draws = new Seeds(1).stream("dropout");
    float[] factors = new float[batch * shape.width()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] =
          draws.nextDouble() < shape.hidden().dropout()
              ? 0
              : (float) (1 / (1 - shape.hidden().dropout()));
    }
    return factors;
  }

  private static Parameters parameters(HeadShape shape) {
    Parameters.Layout layout = new Parameters.Layout();
    HeadParameters.declare(layout, shape);
    Parameters parameters = layout.allocate();
    HeadParameters.initialize(new Initialization(new Seeds(2)), parameters);
    return parameters;
  }

  /**
   * Returns a presence mask in which the first row has all modalities, the second one none, and
   * others lack some.
   */
  private static Presence presence(List<Modality> modalities, int batch) {
    SeedStream draws = new Seeds(3).stream("presence");
    List<ModalitySet> rows = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      ModalitySet row = ModalitySet.of(modalities);
      for (Modality modality : modalities) {
        if (b == 1 || (b > 1 && draws.nextInt(3) == 0)) {
          row = row.without(modality);
        }
      }
      rows.add(row);
    }
    return Presence.of(rows);
  }

  private static float[] states(Modality modality, Presence presence) {
    SeedStream draws = new Seeds(4).stream(modality.key());
    float[] states = new float[presence.size() * STATE];
    for (int i = 0; i < states.length; i++) {
      float value = (float) draws.nextGaussian();
      states[i] = presence.has(i / STATE, modality) ? value : 0;
    }
    return states;
  }

  private static float[] targets(HeadShape shape, int batch) {
    SeedStream draws = new Seeds(5).stream("targets");
    float[] targets = new float[batch * shape.classes()];
    for (int b = 0; b < batch; b++) {
      int one = draws.nextInt(shape.classes());
      for (int c = 0; c < shape.classes(); c++) {
        boolean present = shape.task() == Task.MULTI_LABEL ? draws.nextInt(3) == 0 : c == one;
        targets[b * shape.classes() + c] = present ? 1 : 0;
      }
    }
    return targets;
  }
}
