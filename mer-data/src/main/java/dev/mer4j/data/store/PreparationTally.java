package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.data.batch.ColumnMoments;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.coverage.Coverage;
import dev.mer4j.data.coverage.CoverageScan;
import dev.mer4j.data.coverage.Omission;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.segment.EntryFault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what a preparation does, and measures the training fold's columns on the way. */
final class PreparationTally {
  private final Map<Modality, Integer> widths;
  private final Map<Modality, ColumnMoments> training = new EnumMap<>(Modality.class);
  private final Map<Split, Integer> segments = new EnumMap<>(Split.class);
  private final Map<Split, Integer> videos = new EnumMap<>(Split.class);
  private final Map<Modality, Integer> present = new EnumMap<>(Modality.class);
  private final Map<Modality, Integer> truncated = new EnumMap<>(Modality.class);
  private final Map<Modality, SanitizeCounts> sanitized = new EnumMap<>(Modality.class);
  private final List<EntryFault> faults = new ArrayList<>();
  private long mendedScores;
  private int dropped;
  private final CoverageScan coverage;

  PreparationTally(Map<Modality, Integer> widths, CoverageScan coverage) {
    this.widths = widths;
    this.coverage = coverage;
    widths.forEach(
        (modality, width) -> {
          training.put(modality, new ColumnMoments(width));
          present.put(modality, 0);
          truncated.put(modality, 0);
          sanitized.put(modality, SanitizeCounts.NONE);
        });
  }

  void add(String name, PreparedVideo video, Split split) {
    if (!video.segments().isEmpty()) {
      videos.merge(split, 1, Integer::sum);
      segments.merge(split, video.segments().size(), Integer::sum);
    }
    for (Segment segment : video.segments()) {
      segment.features().keySet().forEach(modality -> present.merge(modality, 1, Integer::sum));
    }
    video.truncated().forEach((modality, count) -> truncated.merge(modality, count, Integer::sum));
    video
        .sanitized()
        .forEach((modality, counts) -> sanitized.merge(modality, counts, SanitizeCounts::plus));
    if (split == Split.TRAIN) {
      video.moments().forEach((modality, own) -> moments(modality).add(own));
    }
    mendedScores += video.mendedScores();
    dropped += video.dropped().size();
    faults.addAll(video.faults());
    coverage.add(
        name,
        video.segments().stream().map(segment -> segment.features().keySet()).toList(),
        video.dropped(),
        video.faults(),
        video.leftOut());
  }

  private ColumnMoments moments(Modality modality) {
    return training.computeIfAbsent(
        modality, unseen -> new ColumnMoments(widths.getOrDefault(modality, 1)));
  }

  /** Raises an error if there is not a single segment, in all, of a split or of a modality. */
  void check(CsdFolder data) {
    Coverage result = coverage.result();
    if (segments.isEmpty()) {
      throw new FileException(
          data.labels(),
          "gives no segments; "
              + result.omissions().stream().map(Omission::text).collect(Collectors.joining("; ")));
    }
    result.check();
  }

  StoreInfo info(PrepareOptions options, List<StoreInfo.Source> sources) {
    return new StoreInfo(
        options,
        widths,
        segments,
        videos,
        present,
        truncated,
        sanitized,
        mendedScores,
        dropped,
        faults,
        sources,
        Standardization.of(training),
        coverage.result());
  }
}
