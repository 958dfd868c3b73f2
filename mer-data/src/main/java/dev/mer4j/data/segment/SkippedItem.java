package dev.mer4j.data.segment;

import dev.mer4j.data.Modality;
import org.jspecify.annotations.Nullable;

/**
 * A readable item of the files that is in no segment.
 *
 * @param modality the modality of the rows; null for a label row
 * @param name the name of the segment or the video
 * @param problem why it is in no segment
 * @param rows how many rows of features these are; 0 if they are not counted
 */
public record SkippedItem(
    Kind kind, @Nullable Modality modality, String name, String problem, long rows) {
  /** Creates an item without a count of rows. */
  public SkippedItem(Kind kind, @Nullable Modality modality, String name, String problem) {
    this(kind, modality, name, problem, 0);
  }

  /** The kind of skipped item. */
  public enum Kind {
    /** A segment whose label row contains a non-finite value. */
    NO_LABEL,
    /** A label row whose interval is too short to be a segment. */
    EMPTY_INTERVAL,
    /** The features of a video, if all of them are outside its segments. */
    OUTSIDE_SEGMENTS,
    /** Rows of a segment beyond the length that the file states. */
    PADDING_ROWS,
    /** All-zero rows at the start or the end of a segment, removed on request. */
    ZERO_ROWS,
    /** Rows that the file marks as failed. */
    FAILED_ROWS
  }
}
