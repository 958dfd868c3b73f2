package dev.mer4j.core.internal.packed;

import com.sun.jna.Pointer;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.internal.cpu.NativeBuffers;
import dev.mer4j.core.parameter.Parameters;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The weights of one direction of one encoder in the kernels' layouts, reused between inferences.
 */
final class PackedWeights implements LstmWeights, AutoCloseable {
  /** The native buffers. */
  enum Slot {
    /** [4H, D], in the order of the parameters. */
    INPUT_WEIGHTS,
    /** [4H, H], in the order of the parameters. */
    RECURRENT_WEIGHTS,
    INPUT_PANELS,
    FORWARD_PANELS,
    BACKWARD_PANELS,
    /** [4H]. */
    BIAS
  }

  private final LstmKernels kernels;
  private final Parameters parameters;
  private final PackedParameters packed;
  private final List<GateMatrix> matrices;
  private final NativeBuffers<Slot> memory = new NativeBuffers<>(Slot.class);
  private final boolean bf16;

  PackedWeights(LstmKernels kernels, boolean bf16, LstmParameters views, Parameters parameters) {
    this.kernels = kernels;
    this.bf16 = bf16;
    this.parameters = parameters;
    int inputs = views.inputs();
    int hidden = views.hidden();
    int padded = LstmKernels.padded(hidden);
    matrices =
        List.of(
            new GateMatrix(views.inputWeights(), hidden, padded, inputs, inputs),
            new GateMatrix(views.recurrentWeights(), hidden, padded, hidden, padded),
            new GateMatrix(views.inputBias(), hidden, padded, 1, 1),
            new GateMatrix(views.recurrentBias(), hidden, padded, 1, 1));
    packed = new PackedParameters(parameters, matrices.stream().map(GateMatrix::view).toList());
  }

  GateMatrix inputWeights() {
    return matrices.get(0);
  }

  GateMatrix recurrentWeights() {
    return matrices.get(1);
  }

  GateMatrix inputBias() {
    return matrices.get(2);
  }

  GateMatrix recurrentBias() {
    return matrices.get(3);
  }

  @Override
  public int inputs() {
    return inputWeights().columns();
  }

  /** Returns H. */
  int hidden() {
    return inputWeights().hidden();
  }

  /** Returns 1 if the inputs are multiplied as bfloat16, else 0. */
  int bf16() {
    return bf16 ? 1 : 0;
  }

  /** Returns H as padded in native memory. */
  int padded() {
    return inputWeights().padded();
  }

  Pointer pointer(Slot slot) {
    return memory.get(slot).ensure(1);
  }

  @Override
  public boolean current() {
    return packed.areCurrent();
  }

  @Override
  public void pack() {
    packed.forget();
    float[] values = parameters.read();
    load(Slot.INPUT_WEIGHTS, inputWeights(), values);
    load(Slot.RECURRENT_WEIGHTS, recurrentWeights(), values);
    load(Slot.BIAS, inputBias(), values);
    FloatBuffer bias = memory.get(Slot.BIAS).view();
    for (int gate = 0; gate < 4; gate++) {
      for (int j = 0; j < hidden(); j++) {
        int at = gate * padded() + j;
        int other = recurrentBias().view().offset() + gate * hidden() + j;
        bias.put(at, bias.get(at) + values[other]);
      }
    }
    memory.get(Slot.INPUT_PANELS).ensure(inputWeights().size() + 4L * padded());
    memory.get(Slot.FORWARD_PANELS).ensure(recurrentWeights().size());
    memory.get(Slot.BACKWARD_PANELS).ensure(recurrentWeights().size());
    kernels.mer_lstm_pack(
        inputs(),
        padded(),
        bf16(),
        pointer(Slot.INPUT_WEIGHTS),
        pointer(Slot.RECURRENT_WEIGHTS),
        pointer(Slot.INPUT_PANELS),
        pointer(Slot.FORWARD_PANELS),
        pointer(Slot.BACKWARD_PANELS));
  }

  @Override
  public void packForInference() {
    packed.pack(this::pack);
  }

  private void load(Slot slot, GateMatrix matrix, float[] values) {
    matrix.put(values, memory.get(slot).ensureView(matrix.size()));
  }

  @Override
  public void close() {
    memory.close();
  }
}
