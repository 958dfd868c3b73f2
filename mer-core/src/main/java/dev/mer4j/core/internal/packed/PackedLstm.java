package dev.mer4j.core.internal.packed;

import com.sun.jna.Pointer;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.internal.cpu.NativeBuffer;
import dev.mer4j.core.internal.packed.PackedInput.Slot;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.core.internal.packed.TaskPartition.Columns;
import java.nio.FloatBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One direction of one encoder in native memory. */
final class PackedLstm implements PackedDirection<PackedInput, NativeBuffer> {
  private final LstmKernels kernels;
  private final Direction direction;
  private final PackedWeights weights;
  private final int padded;
  private final int stateWidth;
  private final boolean pools;

  PackedLstm(LstmKernels kernels, EncoderShape shape, Direction direction, PackedWeights weights) {
    this.kernels = kernels;
    this.direction = direction;
    this.weights = weights;
    this.padded = weights.padded();
    this.stateWidth = shape.stateWidth();
    this.pools = shape.pooling() == Pooling.ATTENTION;
  }

  @Override
  public LstmWeights weights() {
    return weights;
  }

  @Override
  public void start(PackedInput input, Kept kept) {
    long units = (long) input.rows().total() * padded;
    ensure(input, Slot.LAST, (long) input.rows().batch() * padded);
    if (kept == Kept.ALL || (kept == Kept.STATES && pools)) {
      ensure(input, Slot.BEFORE, units);
    }
    if (kept != Kept.STATES) {
      ensure(input, Slot.GATES, 4 * units);
    }
    if (kept == Kept.ALL) {
      ensure(input, Slot.CELLS, units);
    }
  }

  private void ensure(PackedInput input, Slot slot, long floats) {
    input.get(direction, slot).ensure(floats);
  }

  @Override
  public void project(PackedInput input, int first, int count, NativeBuffer scratch) {
    kernels.mer_lstm_contribute(
        first,
        count,
        input.rows().total(),
        weights.inputs(),
        padded,
        weights.bf16(),
        input.matrix(0),
        weights.pointer(PackedWeights.Slot.INPUT_PANELS),
        weights.pointer(PackedWeights.Slot.BIAS),
        scratch.ensure(bf16Floats()),
        input.pointer(direction, Slot.GATES));
  }

  @Override
  public void forward(
      PackedInput input, Group group, Forward mode, NativeBuffer scratch, float[] states) {
    boolean training = mode != Forward.INFERENCE;
    Pointer panels =
        mode == Forward.PROJECTED ? null : weights.pointer(PackedWeights.Slot.INPUT_PANELS);
    forward(input, group, training, panels, null, null, scratch);
    copyStates(input, group, states);
  }

  @Override
  public void forward(
      PackedInput projected,
      PackedInput input,
      Group group,
      BitSet zero,
      NativeBuffer scratch,
      float[] states) {
    byte[] erased = new byte[input.rows().total()];
    zero.stream().forEach(row -> erased[row] = 1);
    Pointer gates = projected.pointer(direction, Slot.GATES);
    forward(input, group, false, null, gates, erased, scratch);
    copyStates(input, group, states);
  }

  private void forward(
      PackedInput input,
      Group group,
      boolean training,
      @Nullable Pointer inputPanels,
      @Nullable Pointer projected,
      byte @Nullable [] erased,
      NativeBuffer scratch) {
    PackedRows rows = input.rows();
    long own = 3L * (group.end() - group.first()) * padded;
    long gates = training ? 0 : 4L * LstmKernels.CHUNK * padded;
    kernels.mer_lstm_forward(
        group.first(),
        group.end(),
        rows.steps(),
        rows.counts(),
        rows.starts(),
        weights.inputs(),
        padded,
        direction.ordinal(),
        weights.bf16(),
        input.matrix(0),
        inputPanels,
        projected,
        erased,
        weights.pointer(PackedWeights.Slot.FORWARD_PANELS),
        weights.pointer(PackedWeights.Slot.BIAS),
        scratch.ensure(own + gates + bf16Floats()),
        buffer(input, Slot.GATES, training),
        buffer(input, Slot.BEFORE, training || pools),
        buffer(input, Slot.CELLS, training),
        input.pointer(direction, Slot.LAST));
  }

  private void copyStates(PackedInput input, Group group, float[] states) {
    FloatBuffer last = input.get(direction, Slot.LAST).view();
    for (int r = group.first(); r < group.end(); r++) {
      last.get(r * padded, states, state(input.rows(), r), weights.hidden());
    }
  }

  /** Returns the number of floats that a chunk of inputs occupies as bfloat16. */
  private long bf16Floats() {
    return (weights.inputs() + 1L) / 2 * LstmKernels.CHUNK * weights.bf16();
  }

  private @Nullable Pointer buffer(PackedInput input, Slot slot, boolean kept) {
    return kept ? input.pointer(direction, slot) : null;
  }

  @Override
  public void backward(
      PackedInput input,
      Group group,
      NativeBuffer scratch,
      float[] stateGradients,
      @Nullable PackedPooling pooling) {
    PackedRows rows = input.rows();
    FloatBuffer last = input.get(direction, Slot.LAST).view();
    float[] padding = new float[padded - weights.hidden()];
    for (int r = group.first(); r < group.end(); r++) {
      last.put(r * padded, stateGradients, state(rows, r), weights.hidden());
      last.put(r * padded + weights.hidden(), padding);
    }
    long own = (long) (group.end() - group.first()) * padded;
    Pointer memory = scratch.ensure(pools ? 2 * own + padded : own);
    Pointer pooled = null;
    Pointer vector = null;
    if (pooling != null) {
      pooled = memory.share(own * Float.BYTES);
      vector = memory.share(2 * own * Float.BYTES);
      fill(rows, group, scratch.view(), stateGradients, pooling);
    }
    kernels.mer_lstm_backward(
        group.first(),
        group.end(),
        rows.steps(),
        rows.counts(),
        rows.starts(),
        padded,
        direction.ordinal(),
        input.pointer(direction, Slot.GATES),
        weights.pointer(PackedWeights.Slot.BACKWARD_PANELS),
        input.pointer(direction, Slot.CELLS),
        input.pointer(direction, Slot.LAST),
        pooling == null ? null : input.poolingFactors().ensure(1),
        pooled,
        vector,
        memory);
  }

  /** Writes the gradients of the pooled states of the group, and v, after the kernel's scratch. */
  private void fill(
      PackedRows rows,
      Group group,
      FloatBuffer scratch,
      float[] stateGradients,
      PackedPooling pooling) {
    int hidden = weights.hidden();
    int count = group.end() - group.first();
    float[] padding = new float[padded - hidden];
    for (int r = 0; r < count; r++) {
      int at = (count + r) * padded;
      scratch.put(at, stateGradients, state(rows, group.first() + r) + 2 * hidden, hidden);
      scratch.put(at + hidden, padding);
    }
    scratch.put(2 * count * padded, pooling.vector(direction));
    scratch.put(2 * count * padded + hidden, padding);
  }

  @Override
  public void inputGradient(
      PackedInput input, Columns part, NativeBuffer scratch, float[] gradient) {
    Pointer columns = input.matrix(part.from());
    FloatBuffer found = gradient(input, columns, weights.inputs(), part.count(), false, scratch);
    weights.inputWeights().get(found, part.from(), part.count(), gradient);
  }

  @Override
  public void recurrentGradient(
      PackedInput input, Columns part, NativeBuffer scratch, float[] gradient) {
    long skipped = (long) part.from() * Float.BYTES;
    Pointer columns = input.pointer(direction, Slot.BEFORE).share(skipped);
    boolean biases = part.from() == 0;
    FloatBuffer found = gradient(input, columns, padded, part.count(), biases, scratch);
    weights.recurrentWeights().get(found, part.from(), part.count(), gradient);
    if (biases) {
      FloatBuffer bias = found.slice(4 * padded * part.count(), 4 * padded);
      weights.inputBias().get(bias, 0, 1, gradient);
      weights.recurrentBias().get(bias, 0, 1, gradient);
    }
  }

  /**
   * Computes dgatesᵀ [4H, S] · x [S, columns] at the start of the scratch memory, and the gradient
   * of the bias [4H] after it if it is wanted.
   */
  private FloatBuffer gradient(
      PackedInput input, Pointer x, int width, int columns, boolean bias, NativeBuffer scratch) {
    long size = 4L * padded * columns;
    long sums = size + 4L * padded;
    Pointer found = scratch.ensure(sums + size);
    kernels.mer_lstm_gradient(
        input.rows().total(),
        width,
        columns,
        padded,
        x,
        input.pointer(direction, Slot.GATES),
        found.share(sums * Float.BYTES),
        found,
        bias ? found.share(size * Float.BYTES) : null);
    return scratch.view();
  }

  @Override
  public void clear(float[] gradient) {
    weights.inputWeights().clear(gradient);
    weights.recurrentWeights().clear(gradient);
    weights.inputBias().clear(gradient);
    weights.recurrentBias().clear(gradient);
  }

  private int state(PackedRows rows, int r) {
    return rows.rows()[r] * stateWidth + direction.ordinal() * weights.hidden();
  }

  @Override
  public void close() {
    weights.close();
  }
}
