package dev.mer4j.data.sanitize;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Features;
import java.util.Arrays;
import java.util.Locale;

/** The steps to keep of a sequence that exceeds the maximum length. */
public enum Truncation {
  /** Keeps the first steps. */
  HEAD,
  /** Keeps the last steps. */
  TAIL,
  /** Divides the whole sequence into equal bins and keeps the mean of each bin. */
  POOL;

  /** The name in options, such as {@code head}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the truncation with this key.
   *
   * @throws ConfigException if no truncation has this key
   */
  public static Truncation of(String key) {
    for (Truncation truncation : values()) {
      if (truncation.key().equals(key)) {
        return truncation;
      }
    }
    throw new ConfigException("unknown truncation '" + key + "': use head, tail or pool");
  }

  /**
   * Returns at most {@code steps} steps [min(T, steps), D]; the same instance if it is short
   * enough.
   */
  public Features apply(Features features, int steps) {
    int width = features.width();
    if (features.steps() <= steps) {
      return features;
    }
    float[] values = features.values();
    return new Features(
        steps,
        width,
        switch (this) {
          case HEAD -> Arrays.copyOf(values, steps * width);
          case TAIL -> Arrays.copyOfRange(values, values.length - steps * width, values.length);
          case POOL -> pool(features, steps);
        });
  }

  private static float[] pool(Features features, int bins) {
    int width = features.width();
    float[] pooled = new float[bins * width];
    double[] sums = new double[width];
    for (int bin = 0; bin < bins; bin++) {
      int first = (int) ((long) bin * features.steps() / bins);
      int end = (int) ((bin + 1L) * features.steps() / bins);
      Arrays.fill(sums, 0);
      for (int row = first; row < end; row++) {
        for (int column = 0; column < width; column++) {
          sums[column] += features.values()[row * width + column];
        }
      }
      for (int column = 0; column < width; column++) {
        pooled[bin * width + column] = (float) (sums[column] / (end - first));
      }
    }
    return pooled;
  }
}
