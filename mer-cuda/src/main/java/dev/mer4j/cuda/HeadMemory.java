package dev.mer4j.cuda;

import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import java.util.EnumMap;
import java.util.Locale;
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

  /** The largest number of blocks of a grid in y. */
  private static final int MAX_BLOCKS = 65_535;

  /** The rows of a block, except of the kernel of attention, whose blocks have one row. */
  private static final int BLOCK_ROWS = 4;

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

  /**
   * Allocates memory for a batch of B rows.
   *
   * @throws ConfigException if B exceeds the size of a grid
   */
  void allocate(int batch) {
    int limit = attention > 0 ? MAX_BLOCKS : BLOCK_ROWS * MAX_BLOCKS;
    if (batch > limit) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "a batch of %,d segments exceeds the GPU's limit of %,d; use a smaller batch size",
              batch,
              limit));
    }
    int next = 0;
    for (Slot slot : Slot.values()) {
      offsets.put(slot, next);
      int size =
          slot == Slot.CLASS_WEIGHTS ? shape.classes() : Math.multiplyExact(batch, width(slot));
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
