package dev.mer4j.data.store;

import java.io.Serializable;

/**
 * A part of a store that is written on its own: the videos [from, to) of {@link
 * Preparation#videos}, and the bytes [start, end) of the store in which their records belong.
 *
 * @param end equal to start if the place is unknown before the files are read
 */
public record StorePart(int from, int to, long start, long end) implements Serializable {
  /** Creates a part whose place is unknown. */
  public StorePart(int from, int to) {
    this(from, to, 0, 0);
  }

  /** Returns whether the place is known. */
  public boolean isPlaced() {
    return start > 0;
  }
}
