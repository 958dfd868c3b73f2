package dev.mer4j.benchmarks.nd4j;

import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
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

/** Measures the recipe's network built from DL4J's layers; 300 steps in every row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx4g",
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public class Dl4jBenchmark {
  private static final int[] WIDTHS = {300, 74, 713};
  private static final int HIDDEN = 128;
  private static final int STEPS = 300;
  private static final int HEAD = 256;
  private static final int EMOTIONS = 6;

  @Param({"1", "16", "64"})
  public int rows;

  private ComputationGraph network;
  private MultiDataSet batch;

  @Setup
  public void build() {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-4))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(1)
            .graphBuilder();
    INDArray[] inputs = new INDArray[WIDTHS.length];
    String[] states = new String[WIDTHS.length];
    for (int m = 0; m < WIDTHS.length; m++) {
      states[m] = "states" + m;
      LSTM lstm = new LSTM.Builder().nIn(WIDTHS[m]).nOut(HIDDEN).build();
      builder
          .addInputs("input" + m)
          .addLayer(
              states[m],
              new LastTimeStep(new Bidirectional(Bidirectional.Mode.CONCAT, lstm)),
              "input" + m);
      inputs[m] = Nd4j.randn(DataType.FLOAT, rows, WIDTHS[m], STEPS);
    }
    builder
        .addVertex("joined", new MergeVertex(), states)
        .addLayer(
            "hidden",
            new DenseLayer.Builder()
                .nIn(2 * HIDDEN * WIDTHS.length)
                .nOut(HEAD)
                .activation(Activation.RELU)
                .build(),
            "joined")
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.XENT)
                .nIn(HEAD)
                .nOut(EMOTIONS)
                .dropOut(0.7)
                .activation(Activation.SIGMOID)
                .build(),
            "hidden")
        .setOutputs("output");
    network = new ComputationGraph(builder.build());
    network.init();
    INDArray targets = Nd4j.rand(DataType.FLOAT, rows, EMOTIONS).gt(0.5).castTo(DataType.FLOAT);
    batch = new MultiDataSet(inputs, new INDArray[] {targets});
  }

  /** Runs forward. */
  @Benchmark
  public INDArray inference() {
    return network.outputSingle(batch.getFeatures());
  }

  /** Runs forward, backward, clipping and Adam. */
  @Benchmark
  public double step() {
    network.fit(batch);
    return network.score();
  }
}
