package dev.mer4j.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
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
 * The recipe's encoders and training step: 300 steps in every row, eager, float32, all cores, with
 * oneDNN where libtorch uses it, which is its default.
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
  private static final long[] WIDTHS = {300, 74, 713};
  private static final long HIDDEN = 128;
  private static final long STEPS = 300;
  private static final long HEAD = 256;
  private static final long EMOTIONS = 6;

  /** B. */
  @Param({"1", "16", "64"})
  public long rows;

  private final List<LSTMImpl> encoders = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private final LinearImpl first = new LinearImpl(2 * HIDDEN * WIDTHS.length, HEAD);
  private final LinearImpl second = new LinearImpl(HEAD, EMOTIONS);
  private Tensor targets;
  private TensorVector parameters;
  private AdamW optimizer;

  @Setup
  public void build() {
    torch.manual_seed(1);
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    parameters = new TensorVector();
    for (long width : WIDTHS) {
      LSTMOptions options = new LSTMOptions(width, HIDDEN);
      options.bidirectional().put(true);
      options.batch_first().put(true);
      LSTMImpl encoder = new LSTMImpl(options);
      encoders.add(encoder);
      addAll(encoder.parameters());
      inputs.add(torch.randn(rows, STEPS, width));
    }
    addAll(first.parameters());
    addAll(second.parameters());
    targets = torch.randn(rows, EMOTIONS).gt(new Scalar(0)).toType(torch.ScalarType.Float);
    optimizer = new AdamW(parameters);
  }

  private void addAll(TensorVector more) {
    for (long i = 0; i < more.size(); i++) {
      parameters.push_back(more.get(i));
    }
  }

  private Tensor states() {
    TensorVector states = new TensorVector();
    for (int m = 0; m < encoders.size(); m++) {
      Tensor last = encoders.get(m).forward(inputs.get(m)).get1().get0();
      states.push_back(last.permute(1, 0, 2).reshape(rows, 2 * HIDDEN));
    }
    return torch.cat(states, 1);
  }

  /** Forward of the three encoders without gradients. */
  @Benchmark
  @SuppressWarnings({"unchecked", "try"}) // PointerScope takes generic varargs; scopes are not read
  public double inference() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      return states().sum().item_double();
    }
  }

  /** Forward and backward of the three encoders. */
  @Benchmark
  @SuppressWarnings({"unchecked", "try"})
  public double encoders() {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor sum = states().sum();
      sum.backward();
      return sum.item_double();
    }
  }

  /** Forward, backward, clipping and AdamW of the whole model. */
  @Benchmark
  @SuppressWarnings({"unchecked", "try"})
  public double step() {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor hidden = torch.dropout(first.forward(states()).relu(), 0.3, true);
      Tensor loss = torch.binary_cross_entropy_with_logits(second.forward(hidden), targets);
      loss.backward();
      torch.clip_grad_norm_(parameters, 1.0);
      optimizer.step();
      return loss.item_double();
    }
  }
}
