package dev.mer4j.data.store;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Split;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.coverage.Coverage;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.segment.EntryFault;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a store and the statistics of its preparation.
 *
 * @param labels of the data set; omitted from JSON, as in older stores, if they are {@link
 *     Emotion#MOSEI}
 * @param widths D of each modality
 * @param segments the number of segments of each split
 * @param videos the number of videos of each split
 * @param groups the number of groups of each split; empty, and omitted from JSON, if each segment's
 *     group is its video
 * @param present the number of segments that have each modality
 * @param truncated the number of truncated segments of each modality
 * @param sanitized the sanitized values of each modality
 * @param sanitizedScores the number of label values that were out of range or not finite
 * @param dropped the number of segments omitted because they lack a modality
 * @param faults the entries that could not be used and were skipped
 * @param standardization the standardization fitted on the training fold; the identity if no
 *     training fold exists
 * @param coverage other data of the files that are not in the store; {@link Coverage#COMPLETE} for
 *     an older store, which lacks it
 */
public record StoreInfo(
    PrepareOptions options,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = OmitMosei.class)
        List<Emotion> labels,
    PerModality<Integer> widths,
    Map<Split, Integer> segments,
    Map<Split, Integer> videos,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<Split, Integer> groups,
    PerModality<Integer> present,
    PerModality<Integer> truncated,
    PerModality<SanitizeCounts> sanitized,
    @JsonAlias("mendedScores") long sanitizedScores,
    int dropped,
    List<EntryFault> faults,
    List<Source> sources,
    Standardization standardization,
    @Nullable Coverage coverage) {
  public StoreInfo {
    Objects.requireNonNull(options);
    Objects.requireNonNull(standardization);
    labels = labels == null ? Emotion.MOSEI : List.copyOf(labels);
    widths = widths.sorted();
    segments = ordered(segments);
    videos = ordered(videos);
    groups = groups == null ? Map.of() : ordered(groups);
    present = present.sorted();
    truncated = truncated.sorted();
    sanitized = sanitized.sorted();
    faults = List.copyOf(faults);
    sources = List.copyOf(sources);
    coverage = coverage == null ? Coverage.COMPLETE : coverage;
  }

  /** Keeps the order of the enum, so that the same data produce the same bytes. */
  private static Map<Split, Integer> ordered(Map<Split, Integer> map) {
    Map<Split, Integer> copy = new EnumMap<>(Split.class);
    map.forEach((key, value) -> copy.put(key, Objects.requireNonNull(value)));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * A source file of a store.
   *
   * @param file the file's name
   * @param modified the time of its last modification, in ISO 8601
   * @param sha256 the SHA-256 of its bytes, in hexadecimal; null if it was not requested
   */
  public record Source(
      String file,
      long bytes,
      String modified,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sha256) {}

  /** Returns a builder of the default options and an empty store. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link StoreInfo}. */
  public static final class Builder {
    private PrepareOptions options = PrepareOptions.DEFAULT;
    private List<Emotion> labels = Emotion.MOSEI;
    private PerModality<Integer> widths = PerModality.of();
    private Map<Split, Integer> segments = Map.of();
    private Map<Split, Integer> videos = Map.of();
    private Map<Split, Integer> groups = Map.of();
    private PerModality<Integer> present = PerModality.of();
    private PerModality<Integer> truncated = PerModality.of();
    private PerModality<SanitizeCounts> sanitized = PerModality.of();
    private long sanitizedScores;
    private int dropped;
    private List<EntryFault> faults = List.of();
    private List<Source> sources = List.of();
    private Standardization standardization = new Standardization(PerModality.of());
    private @Nullable Coverage coverage = Coverage.COMPLETE;

    private Builder() {}

    /** Sets the options. */
    public Builder options(PrepareOptions value) {
      options = value;
      return this;
    }

    /** Sets the labels of the data set, in order. */
    public Builder labels(List<Emotion> value) {
      labels = value;
      return this;
    }

    /** Sets D of each modality. */
    public Builder widths(PerModality<Integer> value) {
      widths = value;
      return this;
    }

    /** Sets the number of segments of each split. */
    public Builder segments(Map<Split, Integer> value) {
      segments = value;
      return this;
    }

    /** Sets the number of videos of each split. */
    public Builder videos(Map<Split, Integer> value) {
      videos = value;
      return this;
    }

    /** Sets the number of groups of each split; empty if each segment's group is its video. */
    public Builder groups(Map<Split, Integer> value) {
      groups = value;
      return this;
    }

    /** Sets the number of segments that have each modality. */
    public Builder present(PerModality<Integer> value) {
      present = value;
      return this;
    }

    /** Sets the number of truncated segments of each modality. */
    public Builder truncated(PerModality<Integer> value) {
      truncated = value;
      return this;
    }

    /** Sets the sanitized values of each modality. */
    public Builder sanitized(PerModality<SanitizeCounts> value) {
      sanitized = value;
      return this;
    }

    /** Sets the number of sanitized label values. */
    public Builder sanitizedScores(long value) {
      sanitizedScores = value;
      return this;
    }

    /** Sets the number of omitted segments. */
    public Builder dropped(int value) {
      dropped = value;
      return this;
    }

    /** Sets the entries that could not be used. */
    public Builder faults(List<EntryFault> value) {
      faults = value;
      return this;
    }

    /** Sets the source files. */
    public Builder sources(List<Source> value) {
      sources = value;
      return this;
    }

    /** Sets the standardization. */
    public Builder standardization(Standardization value) {
      standardization = value;
      return this;
    }

    /** Sets the coverage. */
    public Builder coverage(@Nullable Coverage value) {
      coverage = value;
      return this;
    }

    /** Returns the information. */
    public StoreInfo build() {
      return new StoreInfo(
          options,
          labels,
          widths,
          segments,
          videos,
          groups,
          present,
          truncated,
          sanitized,
          sanitizedScores,
          dropped,
          faults,
          sources,
          standardization,
          coverage);
    }
  }
}
