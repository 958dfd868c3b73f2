package dev.mer4j.data.coverage;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Something of the files that is in no segment or in no split.
 *
 * @param count how many there are
 * @param names the first of them
 * @param text a sentence with the count, the first names and the reason
 */
public record Omission(Kind kind, int count, List<String> names, String text) {
  public Omission {
    names = List.copyOf(names);
  }

  /** What was passed over. */
  public enum Kind {
    /** A file of the data folder that is neither the labels nor a modality's. */
    @JsonProperty("file")
    FILE,
    /** A modality without a file. */
    @JsonProperty("modality")
    MODALITY,
    /** An entry, or a row of labels, that cannot be used. */
    @JsonProperty("entry")
    ENTRY,
    /** A segment whose label is not a number. */
    @JsonProperty("label")
    LABEL,
    /** A label row whose interval is too short to be a segment. */
    @JsonProperty("empty_interval")
    EMPTY_INTERVAL,
    /** A video's features, none of which lie in one of its segments. */
    @JsonProperty("outside_segments")
    OUTSIDE_SEGMENTS,
    /** A video's features without labels. */
    @JsonProperty("unlabelled_video")
    UNLABELLED_VIDEO,
    /** A segment that lacks a modality, left out as asked for. */
    @JsonProperty("incomplete_segment")
    INCOMPLETE_SEGMENT,
    /** An id in a fold that is no labelled video's. */
    @JsonProperty("fold_id")
    FOLD_ID,
    /** A labelled video that is in no fold although there are folds. */
    @JsonProperty("no_fold")
    NO_FOLD
  }
}
