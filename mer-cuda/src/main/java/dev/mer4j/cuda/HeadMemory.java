package dev.mer4j.cuda;

import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The GPU memory of the head for one batch: inputs, then results, then intermediate values. */
final class HeadMemory {
  /** The arrays, with B rows each except the class weights. */
  enum Slot {
    /** [M, B, N]. */
    STATES,
    /** [B, M]. */
    PRESENCE,
    /** [B, W]. */
    DROPOUT,
    /** [B, C]. */
    TARGETS,
    /** [C]. */
    CLASS_WEIGHTS,
    /** [B, C]. */
    LOGITS,
    /** [B, C]. */
    PROBABILITIES,
    /** [B, M]. */
    WEIGHTS,
    /** [B]. */
    LOSSES,
    /** [B, M, A]. */
    KEYS,
    /** [B, M]. */
    SCORES,
    /** [B, M · N]. */
    JOINED,
    /** [B, W]. */
    HIDDEN,
    /** [B, M, A]. */
    KEY_GRADIENTS,
    /** [B, M]. */
    SCORE_GRADIENTS,
    /** [B, C]. */
    LOGIT_GRADIENTS,
    /** [B, W]. */
    HIDDEN_GRADIENTS,
    /** [B, M · N]. */
    JOINED_GRADIENTS
  }

  private static final int ALIGNMENT = 64;

  private final HeadShape shape;
  private final int attention;
  private final DeviceBuffer memory;
  private final Map<Slot, Integer> offsets = new EnumMap<>(Slot.class);

  /**
   * @param attention A, or 0
   */
  HeadMemory(Device device, HeadShape shape, int attention) {
    this.shape = shape;
    this.attention = attention;
    memory = device.buffer("the head's states");
  }

  /** Allocates memory for a batch of B rows. */
  void allocate(int batch) {
    int next = 0;
    for (Slot slot : Slot.values()) {
      offsets.put(slot, next);
      int size = slot == Slot.CLASS_WEIGHTS ? shape.classes() : batch * width(slot);
      next = Math.addExact(next, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    }
    memory.ensure(next);
  }

  private int width(Slot slot) {
    int modalities = shape.modalities().size();
    return switch (slot) {
      case STATES, JOINED, JOINED_GRADIENTS -> shape.fusedWidth();
      case PRESENCE, WEIGHTS, SCORES, SCORE_GRADIENTS -> modalities;
      case DROPOUT, HIDDEN, HIDDEN_GRADIENTS -> shape.width();
      case TARGETS, LOGITS, PROBABILITIES, LOGIT_GRADIENTS, CLASS_WEIGHTS -> shape.classes();
      case LOSSES -> 1;
      case KEYS, KEY_GRADIENTS -> modalities * attention;
    };
  }

  /** Returns the offset of a slot, in floats. */
  int offset(Slot slot) {
    return Objects.requireNonNull(offsets.get(slot));
  }

  long address(Slot slot) {
    return memory.address() + (long) offset(slot) * Float.BYTES;
  }
}
