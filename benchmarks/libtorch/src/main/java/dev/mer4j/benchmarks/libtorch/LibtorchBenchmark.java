package dev.mer4j.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.NoGradGuard;
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
 * Measures the recipe's encoders and training step in libtorch: 300 steps in every row, eager,
 * float32, all cores, with libtorch's default use of oneDNN, subnormal numbers as zero.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 4, time = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public class LibtorchBenchmark {
  private static final long STEPS = 300;

  /** B. */
  @Param({"1", "16", "64"})
  public long rows;

  private final List<Tensor> inputs = new ArrayList<>();
  private Network network;
  private Tensor targets;
  private AdamW optimizer;

  @Setup
  public void build() {
    // Gradients that vanish would become subnormal, which is slow on Intel's processors.
    Context.setFlushDenormal(true);
    network = new Network();
    for (long width : Network.WIDTHS) {
      inputs.add(torch.randn(rows, STEPS, width));
    }
    targets = Network.targets(rows);
    optimizer = new AdamW(network.parameters());
  }

  /** Runs forward of the three encoders without gradients. */
  @Benchmark
  @SuppressWarnings({"unchecked", "try"}) // PointerScope takes generic varargs; scopes are not read
  public double inference() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      return network.states(inputs).sum().item_double();
    }
  }

  /** Runs forward and backward of the three encoders. */
  @Benchmark
  @SuppressWarnings({"unchecked", "try"})
  public double encoders() {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor sum = network.states(inputs).sum();
      sum.backward();
      return sum.item_double();
    }
  }

  /** Runs forward, backward, clipping and AdamW of the complete model. */
  @Benchmark
  @SuppressWarnings({"unchecked", "try"})
  public double step() {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor loss = network.loss(network.states(inputs), targets);
      loss.backward();
      torch.clip_grad_norm_(network.parameters(), 1.0);
      optimizer.step();
      return loss.item_double();
    }
  }
}
