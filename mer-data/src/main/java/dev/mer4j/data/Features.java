package dev.mer4j.data;

import java.util.Locale;

/**
 * One modality of one segment.
 *
 * @param steps T, at least 0
 * @param width D, at least 1
 * @param values [T, D], row-major; not copied
 */
public record Features(int steps, int width, float[] values) {
  public Features {
    if (steps < 0 || width < 1 || values.length != steps * width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "features [%d, %d] have %d values", steps, width, values.length));
    }
  }
}
