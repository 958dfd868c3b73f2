package dev.mer4j.data.coverage;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Data of the files in no segment or in no split, of one kind.
 *
 * @param count the number of omitted items
 * @param names the names of the first ones
 * @param text a sentence with the count, the first names and the reason
 */
public record Omission(Kind kind, int count, List<String> names, String text) {
  public Omission {
    names = List.copyOf(names);
  }

  /** The kind of omitted data. */
  public enum Kind {
    /** A file of the data folder that is neither the labels nor a modality's. */
    @JsonProperty("file")
    FILE,
    /** A part of a file that is not read, or something that its reader had to decide. */
    @JsonProperty("source")
    SOURCE,
    /** A modality without a file, or left out on request. */
    @JsonProperty("modality")
    MODALITY,
    /** An entry or label row that cannot be used. */
    @JsonProperty("entry")
    ENTRY,
    /** A segment with a non-finite label. */
    @JsonProperty("label")
    LABEL,
    /** A label row whose interval is too short to be a segment. */
    @JsonProperty("empty_interval")
    EMPTY_INTERVAL,
    /** The features of a video, if all of them are outside its segments. */
    @JsonProperty("outside_segments")
    OUTSIDE_SEGMENTS,
    /** Rows of a segment beyond the length that the file states. */
    @JsonProperty("padding_rows")
    PADDING_ROWS,
    /** All-zero rows at the start or the end of a segment, removed on request. */
    @JsonProperty("zero_rows")
    ZERO_ROWS,
    /** Rows that the file marks as failed. */
    @JsonProperty("failed_rows")
    FAILED_ROWS,
    /** The features of a video without labels. */
    @JsonProperty("unlabelled_video")
    UNLABELED_VIDEO,
    /** A segment that lacks a modality, omitted by the policy for incomplete segments. */
    @JsonProperty("incomplete_segment")
    INCOMPLETE_SEGMENT,
    /** An id in a fold that is not a labeled video. */
    @JsonProperty("fold_id")
    FOLD_ID,
    /** A labeled video in no fold, although folds exist. */
    @JsonProperty("no_fold")
    NO_FOLD
  }
}
