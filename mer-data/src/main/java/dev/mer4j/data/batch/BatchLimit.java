package dev.mer4j.data.batch;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import java.util.Locale;

/** How many values one array of a batch may have: its bytes have to be counted by an int. */
public final class BatchLimit {
  /** The most values of one array; a few less than 2^29, to be aligned. */
  public static final int VALUES = (1 << 29) - 64;

  private BatchLimit() {}

  /**
   * Makes sure that the features of one modality fit, padded to the longest.
   *
   * @param batch B
   * @param steps T of the longest segment
   * @param width D
   * @throws ConfigException if B·T·D is more than {@link #VALUES}
   */
  public static void require(Modality modality, int batch, int steps, int width) {
    long segment = (long) steps * width;
    if (segment > VALUES / batch) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "a batch of %d segments of up to %d steps of %d %s features is more than the %d"
                  + " values that an array holds; use a smaller batch size, or prepare the data"
                  + " with fewer steps",
              batch,
              steps,
              width,
              modality.key(),
              VALUES));
    }
  }
}
