package dev.mer4j.core.internal.packed;

import com.sun.jna.Pointer;
import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.internal.cpu.NativeBuffer;
import dev.mer4j.core.internal.cpu.NativeBuffers;
import dev.mer4j.data.batch.Sequences;
import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** One modality of a batch in native memory. */
final class PackedInput implements PackedInputs {
  /** The buffers of a direction, with H padded. */
  enum Slot {
    /** [S, 4H]: the gates, later their gradients. */
    GATES,
    /** [S, H]: the hidden state before each step; also kept in inference with pooling. */
    BEFORE,
    /** [S, H]: the cell states. */
    CELLS,
    /** [B, H]: the final states, later their gradients. */
    LAST
  }

  private final NativeBuffer matrix = new NativeBuffer();
  private final NativeBuffer poolingFactors = new NativeBuffer();
  private final Map<Direction, NativeBuffers<Slot>> kept = new EnumMap<>(Direction.class);
  private PackedRows rows = PackedRows.of(new ActiveRows(new int[0], new int[0], 0));

  PackedInput() {
    for (Direction direction : Direction.values()) {
      kept.put(direction, new NativeBuffers<>(Slot.class));
    }
  }

  @Override
  public void start(PackedRows packed, int width) {
    rows = packed;
    matrix.ensure((long) packed.total() * width);
  }

  /** Returns the factors [S, 2] of the gradient of each step, see {@link PackedPooling}. */
  NativeBuffer poolingFactors() {
    return poolingFactors;
  }

  @Override
  public PackedRows rows() {
    return rows;
  }

  @Override
  public void fill(Sequences sequences, int from, int end) {
    int width = sequences.width();
    FloatBuffer target = matrix.view();
    for (int t = from; t < end; t++) {
      int at = rows.starts()[t] * width;
      if (rows.areContiguous(t, sequences)) {
        int source = sequences.offset(0, t);
        target.put(at, sequences.values(), source, rows.counts()[t] * width);
        continue;
      }
      for (int r = 0; r < rows.counts()[t]; r++) {
        int source = sequences.offset(rows.rows()[r], t);
        target.put(at + r * width, sequences.values(), source, width);
      }
    }
  }

  /** Returns a pointer to a column of the matrix. */
  Pointer matrix(int column) {
    return matrix.ensure(1).share((long) column * Float.BYTES);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The state after a step is the one before the row's next step in that direction, or its last
   * one, so that no more states are kept than for the LSTM's backward pass.
   */
  @Override
  public void copyStates(int row, int hidden, float[][] states) {
    int padded = LstmKernels.padded(hidden);
    int length = rows.lengths()[row];
    for (Direction direction : Direction.values()) {
      FloatBuffer before = get(direction, Slot.BEFORE).view();
      FloatBuffer last = get(direction, Slot.LAST).view();
      int own = direction.ordinal() * hidden;
      for (int t = 0; t < length; t++) {
        int next = direction == Direction.FORWARD ? t + 1 : t - 1;
        if (next >= 0 && next < length) {
          before.get((rows.starts()[next] + row) * padded, states[t], own, hidden);
        } else {
          last.get(row * padded, states[t], own, hidden);
        }
      }
    }
  }

  @Override
  public void startFactors() {
    poolingFactors.ensure(2L * rows.total());
  }

  @Override
  public void setFactors(int packed, float weight, float scoreGradient) {
    FloatBuffer factors = poolingFactors.view();
    factors.put(2 * packed, weight);
    factors.put(2 * packed + 1, scoreGradient);
  }

  NativeBuffer get(Direction direction, Slot slot) {
    return Objects.requireNonNull(kept.get(direction)).get(slot);
  }

  Pointer pointer(Direction direction, Slot slot) {
    return get(direction, slot).ensure(1);
  }

  @Override
  public void close() {
    matrix.close();
    poolingFactors.close();
    kept.values().forEach(NativeBuffers::close);
  }
}
