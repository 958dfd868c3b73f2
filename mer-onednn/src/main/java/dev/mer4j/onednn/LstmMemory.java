package dev.mer4j.onednn;

import dev.mer4j.core.internal.cpu.NativeBuffer;
import dev.mer4j.core.internal.cpu.NativeBuffers;

/** The native memory of one direction of one encoder, shared by its plans. */
final class LstmMemory implements AutoCloseable {
  /**
   * The buffers; those named {@code PACKED} have a layout chosen by oneDNN, the others PyTorch's.
   */
  enum Slot {
    /** [T, B, D]. */
    INPUT,
    /** [T, B, H]. */
    OUTPUT,
    /** [4H, D]. */
    INPUT_WEIGHTS,
    /** [4H, H]. */
    RECURRENT_WEIGHTS,
    /** [4H]. */
    BIAS,
    PACKED_INPUT_WEIGHTS,
    PACKED_RECURRENT_WEIGHTS,
    /** [B, H]. */
    INITIAL_STATE,
    /** [B, H]. */
    INITIAL_CELL,
    /** [B, H]. */
    INITIAL_STATE_GRADIENT,
    /** [B, H]. */
    INITIAL_CELL_GRADIENT,
    WORKSPACE,
    SCRATCHPAD,
    /** [T, B, D]. */
    INPUT_GRADIENT,
    /** [T, B, H]. */
    OUTPUT_GRADIENT,
    /** [4H, D]. */
    INPUT_WEIGHTS_GRADIENT,
    /** [4H, H]. */
    RECURRENT_WEIGHTS_GRADIENT,
    /** [4H]. */
    BIAS_GRADIENT,
    PACKED_INPUT_WEIGHTS_GRADIENT,
    PACKED_RECURRENT_WEIGHTS_GRADIENT
  }

  private final NativeBuffers<Slot> buffers = new NativeBuffers<>(Slot.class);

  NativeBuffer get(Slot slot) {
    return buffers.get(slot);
  }

  @Override
  public void close() {
    buffers.close();
  }
}
