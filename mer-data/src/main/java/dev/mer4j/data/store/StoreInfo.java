package dev.mer4j.data.store;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
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
 * Where a store comes from, and what was done on the way.
 *
 * @param widths D of each modality
 * @param segments how many segments each split has
 * @param videos how many videos each split has
 * @param present how many segments have each modality
 * @param truncated how many segments lost steps of each modality
 * @param sanitized what was mended in each modality
 * @param sanitizedScores how many label values were out of range and clamped, or were no number
 * @param dropped how many segments were left out because they lack a modality
 * @param faults entries that could not be used, and were passed over
 * @param standardization fitted on the training fold; the identity if there is none
 * @param coverage what else of the files is not in the store; nothing is known of an older store
 */
public record StoreInfo(
    PrepareOptions options,
    PerModality<Integer> widths,
    Map<Split, Integer> segments,
    Map<Split, Integer> videos,
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
    widths = widths.sorted();
    segments = ordered(segments);
    videos = ordered(videos);
    present = present.sorted();
    truncated = truncated.sorted();
    sanitized = sanitized.sorted();
    faults = List.copyOf(faults);
    sources = List.copyOf(sources);
    coverage = coverage == null ? Coverage.COMPLETE : coverage;
  }

  /** Keeps the order of the enum, so that the same data make the same bytes. */
  private static Map<Split, Integer> ordered(Map<Split, Integer> map) {
    Map<Split, Integer> copy = new EnumMap<>(Split.class);
    map.forEach((key, value) -> copy.put(key, Objects.requireNonNull(value)));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * A file that the store was made from.
   *
   * @param file its name
   * @param modified when it was last written, in ISO 8601
   * @param sha256 of its bytes, in hexadecimal; null if nobody asked for it
   */
  public record Source(
      String file,
      long bytes,
      String modified,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sha256) {}

  /** Starts with the default options, and nothing in the store. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers what a {@link StoreInfo} tells. */
  public static final class Builder {
    private PrepareOptions options = PrepareOptions.DEFAULT;
    private PerModality<Integer> widths = PerModality.of();
    private Map<Split, Integer> segments = Map.of();
    private Map<Split, Integer> videos = Map.of();
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

    /** See {@link StoreInfo#options()}. */
    public Builder options(PrepareOptions value) {
      options = value;
      return this;
    }

    /** See {@link StoreInfo#widths()}. */
    public Builder widths(PerModality<Integer> value) {
      widths = value;
      return this;
    }

    /** See {@link StoreInfo#segments()}. */
    public Builder segments(Map<Split, Integer> value) {
      segments = value;
      return this;
    }

    /** See {@link StoreInfo#videos()}. */
    public Builder videos(Map<Split, Integer> value) {
      videos = value;
      return this;
    }

    /** See {@link StoreInfo#present()}. */
    public Builder present(PerModality<Integer> value) {
      present = value;
      return this;
    }

    /** See {@link StoreInfo#truncated()}. */
    public Builder truncated(PerModality<Integer> value) {
      truncated = value;
      return this;
    }

    /** See {@link StoreInfo#sanitized()}. */
    public Builder sanitized(PerModality<SanitizeCounts> value) {
      sanitized = value;
      return this;
    }

    /** See {@link StoreInfo#sanitizedScores()}. */
    public Builder sanitizedScores(long value) {
      sanitizedScores = value;
      return this;
    }

    /** See {@link StoreInfo#dropped()}. */
    public Builder dropped(int value) {
      dropped = value;
      return this;
    }

    /** See {@link StoreInfo#faults()}. */
    public Builder faults(List<EntryFault> value) {
      faults = value;
      return this;
    }

    /** See {@link StoreInfo#sources()}. */
    public Builder sources(List<Source> value) {
      sources = value;
      return this;
    }

    /** See {@link StoreInfo#standardization()}. */
    public Builder standardization(Standardization value) {
      standardization = value;
      return this;
    }

    /** See {@link StoreInfo#coverage()}. */
    public Builder coverage(@Nullable Coverage value) {
      coverage = value;
      return this;
    }

    /** Returns what was gathered. */
    public StoreInfo build() {
      return new StoreInfo(
          options,
          widths,
          segments,
          videos,
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
