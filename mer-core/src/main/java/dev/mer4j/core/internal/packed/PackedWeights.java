package dev.mer4j.core.internal.packed;

import com.sun.jna.Pointer;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.internal.cpu.NativeBuffers;
import dev.mer4j.core.parameter.Parameters;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of one direction of one encoder in the kernels' layouts. They are reused between
 * inferences, because comparing the parameters with the packed ones is several times faster than
 * packing.
 */
final class PackedWeights implements AutoCloseable {
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
  private final List<float[]> packed;
  private final List<GateMatrix> matrices;
  private final NativeBuffers<Slot> memory = new NativeBuffers<>(Slot.class);
  private final boolean bf16;
  private boolean comparable;
  private long version;

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
    packed = matrices.stream().map(matrix -> new float[matrix.view().size()]).toList();
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

  /** Returns D. */
  int inputs() {
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

  /** Returns whether the parameters are known to equal the packed ones. */
  boolean current() {
    if (comparable && parameters.areUnchangedSince(version)) {
      return true;
    }
    float[] values = parameters.read();
    for (int i = 0; i < packed.size(); i++) {
      float[] before = packed.get(i);
      int offset = matrices.get(i).view().offset();
      if (!Arrays.equals(before, 0, before.length, values, offset, offset + before.length)) {
        return false;
      }
    }
    return comparable;
  }

  /** Packs the parameters, as before every training step. */
  void pack() {
    comparable = false;
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

  /** Packs the parameters and keeps a copy for {@link #current} to compare. */
  void packForInference() {
    version = parameters.version();
    float[] values = parameters.read();
    for (int i = 0; i < packed.size(); i++) {
      float[] copy = packed.get(i);
      System.arraycopy(values, matrices.get(i).view().offset(), copy, 0, copy.length);
    }
    pack();
    comparable = true;
  }

  private void load(Slot slot, GateMatrix matrix, float[] values) {
    matrix.put(values, memory.get(slot).ensureView(matrix.size()));
  }

  @Override
  public void close() {
    memory.close();
  }
}
