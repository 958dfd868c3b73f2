package dev.mer4j.core.encoder.packed;

import com.sun.jna.Pointer;
import dev.mer4j.core.cpu.NativeBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;

/** The native memory of one direction of one encoder; H is padded. */
final class PackedMemory implements AutoCloseable {
  /** What the memory holds. */
  enum Slot {
    /** [4H, D]. */
    INPUT_WEIGHTS,
    /** [4H, H]. */
    RECURRENT_WEIGHTS,
    /** [4H]. */
    BIAS,
    FORWARD_PANELS,
    BACKWARD_PANELS,
    /** [S, 4H]: what the inputs contribute, then the gates, then their gradients. */
    GATES,
    /** [2, B, H]. */
    STATE,
    /** [B, H]. */
    CELL,
    /** [S, H]: the hidden state that each step started from. */
    BEFORE,
    /** [S, H]. */
    CELLS,
    /** [B, H]: states, then their gradients. */
    LAST,
    /** [4H, D]. */
    INPUT_WEIGHTS_GRADIENT,
    /** [4H, H]. */
    RECURRENT_WEIGHTS_GRADIENT,
    /** [4H]. */
    BIAS_GRADIENT
  }

  private final Map<Slot, NativeBuffer> buffers = new EnumMap<>(Slot.class);

  PackedMemory() {
    for (Slot slot : Slot.values()) {
      buffers.put(slot, new NativeBuffer());
    }
  }

  NativeBuffer get(Slot slot) {
    NativeBuffer buffer = buffers.get(slot);
    if (buffer == null) {
      throw new IllegalStateException("no buffer for " + slot);
    }
    return buffer;
  }

  /** What was last asked for in a slot, as oneDNN takes it. */
  FloatPointer matrix(Slot slot) {
    return get(slot).ensure(1);
  }

  /** Memory for this many floats, as our kernels take it. */
  Pointer ensure(Slot slot, long floats) {
    return new Pointer(get(slot).ensure(floats).address());
  }

  @Override
  public void close() {
    buffers.values().forEach(NativeBuffer::close);
  }
}
