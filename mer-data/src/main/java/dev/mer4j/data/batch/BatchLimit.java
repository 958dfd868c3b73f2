package dev.mer4j.data.batch;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import java.util.Locale;

/** The limit on the values of one array of a batch: its number of bytes must fit in an int. */
public final class BatchLimit {
  /** The maximum number of values of one array, slightly below 2^29 for alignment. */
  public static final int VALUES = (1 << 29) - 64;

  private BatchLimit() {}

  /**
   * Checks that the features of one modality, padded to the longest segment, fit into one array.
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
              "a batch of %d segments of up to %d steps of %d %s features exceeds the limit of %d"
                  + " values per array; use a smaller batch size, or prepare the data with fewer steps",
              batch,
              steps,
              width,
              modality.key(),
              VALUES));
    }
  }
}
