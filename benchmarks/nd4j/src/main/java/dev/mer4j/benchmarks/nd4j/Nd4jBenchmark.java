package dev.mer4j.benchmarks.nd4j;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMActivations;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDataFormat;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDirectionMode;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMLayerConfig;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMLayerWeights;
import org.nd4j.linalg.factory.Nd4j;
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

/**
 * Measures ND4J's bidirectional {@code lstmLayer} in a SameDiff graph, one encoder of the recipe at
 * a time: batch 16, 300 steps in every row. Backward with 713 inputs may crash the JVM, so JMH
 * forks one for each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx4g",
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public class Nd4jBenchmark {
  private static final int HIDDEN = 128;
  private static final int BATCH = 16;
  private static final int STEPS = 300;

  @Param({"74", "300", "713"})
  public int inputs;

  private final SameDiff graph = SameDiff.create();
  private Map<String, INDArray> input;
  private String states;

  @Setup
  public void build() {
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, BATCH, STEPS, inputs);
    LSTMLayerWeights weights =
        LSTMLayerWeights.builder()
            .weights(variable("w", inputs))
            .rWeights(variable("r", HIDDEN))
            .bias(graph.var("b", Nd4j.zeros(DataType.FLOAT, 2, 4 * HIDDEN)))
            .build();
    LSTMLayerConfig config =
        LSTMLayerConfig.builder()
            .lstmdataformat(LSTMDataFormat.NTS)
            .directionMode(LSTMDirectionMode.BIDIR_CONCAT)
            .gateAct(LSTMActivations.SIGMOID)
            .cellAct(LSTMActivations.TANH)
            .outAct(LSTMActivations.TANH)
            .retFullSequence(true)
            .retLastC(false)
            .retLastH(false)
            .build();
    SDVariable outputs = graph.rnn().lstmLayer(x, weights, config)[0];
    states = outputs.name();
    graph.setLossVariables(outputs.sum().name());
    input = Map.of("x", Nd4j.randn(DataType.FLOAT, BATCH, STEPS, inputs));
  }

  private SDVariable variable(String name, int width) {
    return graph.var(name, Nd4j.randn(DataType.FLOAT, 2, width, 4 * HIDDEN).muli(0.05));
  }

  /** Runs forward. */
  @Benchmark
  public INDArray inference() {
    return graph.output(input, List.of(states)).get(states);
  }

  /** Runs forward and backward. */
  @Benchmark
  public Map<String, INDArray> encoder() {
    return graph.calculateGradients(input, "w", "r", "b");
  }
}
