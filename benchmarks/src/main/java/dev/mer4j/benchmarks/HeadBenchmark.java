package dev.mer4j.benchmarks;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.HeadShape.HiddenLayer;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the fusion head of the recipe. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public class HeadBenchmark {
  @Param({"concatenation", "attention", "additive"})
  public String fusion;

  @Param({"16", "1024"})
  public int rows;

  private PerModality<float[]> states;
  private PerModality<float[]> stateGradients;
  private FusionHead head;
  private Presence presence;
  private float[] targets;
  private float[] gradient;
  private SeedStream dropout;

  @Setup
  public void build() {
    Fusion configured =
        switch (fusion) {
          case "concatenation" -> Fusion.concatenation();
          case "attention" -> Fusion.attention();
          case "additive" -> Fusion.additive(2);
          default -> throw new IllegalArgumentException(fusion);
        };
    HeadShape shape =
        new HeadShape(
            Modality.MOSEI,
            2 * Recipe.HIDDEN,
            configured,
            new HiddenLayer(256, 0.3),
            Task.MULTI_LABEL,
            Emotion.MOSEI.size());
    Parameters.Layout layout = new Parameters.Layout();
    HeadParameters.declare(layout, shape);
    Parameters parameters = layout.allocate();
    Seeds seeds = new Seeds(7);
    HeadParameters.initialize(new Initialization(seeds), parameters);
    head = new FusionHead(shape, parameters);
    SeedStream noise = seeds.stream("states");
    states = PerModality.of(shape.modalities(), m -> new float[rows * shape.stateWidth()]);
    for (float[] state : states.values()) {
      for (int i = 0; i < state.length; i++) {
        state[i] = (float) noise.nextDouble(-1, 1);
      }
    }
    stateGradients = states.map(state -> new float[state.length]);
    presence = Presence.of(Collections.nCopies(rows, ModalitySet.of(Modality.MOSEI)));
    targets = new float[rows * Emotion.MOSEI.size()];
    gradient = new float[parameters.size()];
    dropout = seeds.stream("head-dropout");
  }

  /** Runs forward with dropout, then backward. */
  @Benchmark
  public double train() {
    return head.train(states, presence, targets, dropout, gradient, stateGradients);
  }

  /** Runs forward without dropout. */
  @Benchmark
  public Head.Output infer() {
    return head.infer(states, presence);
  }
}
