package dev.mer4j.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
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
 * Measures ten forward and backward passes over rows of MOSEI's lengths, as packed sequences, with
 * which libtorch starts the reverse direction at the end of each row. The rows are those of {@code
 * EpochBenchmark}. The backward pass takes minutes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public class LibtorchEpochBenchmark {
  private static final int BATCHES = 10;
  private static final int ROWS = 16;
  private static final int STEPS = 300;

  /** The steps per second of each modality, in the order of the network. */
  private static final double[] RATES = {2.75, 100, 30};

  @Param("mosei")
  public String lengths;

  private Network network;
  private AdamW optimizer;
  private final List<List<PackedSequence>> batches = new ArrayList<>();
  private Tensor targets;

  @Setup
  public void build() {
    network = new Network();
    optimizer = new AdamW(network.parameters());
    targets = Network.targets(ROWS);
    LogNormalDistribution seconds =
        new LogNormalDistribution(null, Math.log(6.5), 0.5645); // as in Recipe.moseiLengths
    for (int b = 0; b < BATCHES; b++) {
      List<PackedSequence> inputs = new ArrayList<>();
      for (int m = 0; m < RATES.length; m++) {
        long[] steps = new long[ROWS];
        for (int r = 0; r < ROWS; r++) {
          double quantile = (b * ROWS + r + 0.5) / (BATCHES * ROWS);
          double untruncated = Math.ceil(seconds.inverseCumulativeProbability(quantile) * RATES[m]);
          steps[r] = (long) Math.min(STEPS, untruncated);
        }
        long longest = Arrays.stream(steps).max().orElse(0);
        Tensor rows = torch.randn(ROWS, longest, Network.WIDTHS[m]);
        inputs.add(torch.pack_padded_sequence(rows, torch.tensor(steps), true, false));
      }
      batches.add(inputs);
    }
  }

  @Benchmark
  @SuppressWarnings({"unchecked", "try"}) // PointerScope takes generic varargs; scopes are not read
  public double epoch() {
    double sum = 0;
    for (List<PackedSequence> inputs : batches) {
      try (PointerScope scope = new PointerScope()) {
        optimizer.zero_grad();
        Tensor loss = network.loss(network.packedStates(inputs), targets);
        loss.backward();
        sum += loss.item_double();
      }
    }
    return sum;
  }
}
