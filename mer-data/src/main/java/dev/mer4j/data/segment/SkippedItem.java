package dev.mer4j.data.segment;

import dev.mer4j.data.Modality;
import org.jspecify.annotations.Nullable;

/**
 * Something of the files that is in no segment although it can be read.
 *
 * @param modality whose rows these are; null for a row of the labels
 * @param name of the segment or the video
 * @param problem why it is in no segment
 */
public record SkippedItem(Kind kind, @Nullable Modality modality, String name, String problem) {
  /** What was left out. */
  public enum Kind {
    /** A segment whose label row holds a value that is not a finite number. */
    NO_LABEL,
    /** A label row whose interval is too short to be a segment. */
    EMPTY_INTERVAL,
    /** A video's features, none of which lie in one of its segments. */
    OUTSIDE_SEGMENTS
  }
}
