package dev.mer4j.data;

import dev.mer4j.ConfigException;
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

  /**
   * Returns a copy of the rows of one modality of one segment.
   *
   * @param segment named in messages
   * @param rows [T, D], T at least 1
   * @throws ConfigException if there is no row, or one is null or has another width
   */
  public static Features of(String segment, Modality modality, int width, float[][] rows) {
    if (rows.length == 0) {
      throw new ConfigException(
          segment + ": no " + modality.key() + " rows; a modality that is absent is not given");
    }
    if ((long) rows.length * width > Integer.MAX_VALUE - 8) {
      throw new ConfigException(
          segment + ": " + modality.key() + " has more values than an array holds");
    }
    float[] values = new float[rows.length * width];
    for (int t = 0; t < rows.length; t++) {
      if (rows[t] == null) {
        throw new ConfigException(segment + ": " + modality.key() + " row " + t + " is null");
      }
      if (rows[t].length != width) {
        throw new ConfigException(
            String.format(
                Locale.ROOT,
                "%s: %s row %d has %d features, expected %d",
                segment,
                modality.key(),
                t,
                rows[t].length,
                width));
      }
      System.arraycopy(rows[t], 0, values, t * width, width);
    }
    return new Features(rows.length, width, values);
  }
}
