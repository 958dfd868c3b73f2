package dev.mer4j.eval.missing;

import dev.mer4j.core.ModelConfig;

/** The number of encodings of the same segments that are kept at once. */
final class EncodingBudget {
  /** The part of the heap that they may take. */
  private static final int PART = 4;

  private EncodingBudget() {}

  /**
   * Returns the number of passes whose states fit into a quarter of the largest heap, at least 1.
   */
  static int passes(ModelConfig config, int segments) {
    return passes(config, segments, Runtime.getRuntime().maxMemory());
  }

  static int passes(ModelConfig config, int segments, long heap) {
    long bytes =
        (long) segments * config.inputs().size() * config.encoders().stateWidth() * Float.BYTES;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, heap / PART / Math.max(1, bytes)));
  }
}
