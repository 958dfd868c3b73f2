package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;
import dev.mer4j.data.batch.ColumnMoments;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.coverage.Coverage;
import dev.mer4j.data.coverage.CoverageScan;
import dev.mer4j.data.coverage.Omission;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.source.FeatureSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts the results of a preparation and collects the column moments of the training fold. */
final class PreparationCounts {
  private final PerModality<Integer> widths;
  private final List<Emotion> labels;
  private final PerModality<ModalityCounts> modalities;
  private final Map<Split, Integer> segments = new EnumMap<>(Split.class);
  private final Map<Split, Integer> videos = new EnumMap<>(Split.class);
  private final Map<Split, Set<String>> groups = new EnumMap<>(Split.class);
  private boolean grouped;
  private final List<EntryFault> faults = new ArrayList<>();
  private long sanitizedScores;
  private int dropped;
  private final CoverageScan coverage;

  /** The counts of one modality. */
  private static final class ModalityCounts {
    private final ColumnMoments training;
    private int present;
    private int truncated;
    private SanitizeCounts sanitized = SanitizeCounts.NONE;

    ModalityCounts(int width) {
      training = new ColumnMoments(width);
    }

    void add(Modality modality, VideoStatistics video, Split split) {
      truncated += video.truncated().find(modality).orElse(0);
      sanitized = sanitized.plus(video.sanitized().find(modality).orElse(SanitizeCounts.NONE));
      if (split == Split.TRAIN) {
        video.moments().find(modality).map(ColumnMoments::of).ifPresent(training::add);
      }
    }
  }

  PreparationCounts(PerModality<Integer> widths, List<Emotion> labels, CoverageScan coverage) {
    this.labels = labels;
    this.widths = widths;
    this.coverage = coverage;
    modalities = widths.map(ModalityCounts::new);
  }

  void add(String name, List<SegmentInfo> infos, VideoStatistics video, Split split) {
    if (!infos.isEmpty()) {
      videos.merge(split, 1, Integer::sum);
      segments.merge(split, infos.size(), Integer::sum);
    }
    for (SegmentInfo info : infos) {
      info.steps().modalities().forEach(modality -> modalities.get(modality).present++);
      groups.computeIfAbsent(split, unseen -> new HashSet<>()).add(info.group());
      grouped |= !info.group().equals(info.id().video());
    }
    modalities.forEach((modality, counts) -> counts.add(modality, video, split));
    sanitizedScores += video.sanitizedScores();
    dropped += video.dropped().size();
    faults.addAll(video.faults());
    coverage.add(
        name,
        infos.stream().map(info -> info.steps().modalities()).toList(),
        video.dropped(),
        video.faults(),
        video.skipped());
  }

  /** Throws if the store, one of its splits or one of its modalities has no segments. */
  void check(FeatureSource data) {
    Coverage result = coverage.result();
    if (segments.isEmpty()) {
      throw new FileException(
          data.labels(),
          "no segments; "
              + result.omissions().stream().map(Omission::text).collect(Collectors.joining("; ")));
    }
    result.check();
  }

  Coverage coverage() {
    return coverage.result();
  }

  private Map<Split, Integer> groupCounts() {
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    if (grouped) {
      groups.forEach((split, names) -> counts.put(split, names.size()));
    }
    return counts;
  }

  StoreInfo info(PrepareOptions options, List<StoreInfo.Source> sources) {
    return StoreInfo.builder()
        .options(options)
        .labels(labels)
        .widths(widths)
        .segments(segments)
        .videos(videos)
        .groups(groupCounts())
        .present(modalities.map(counts -> counts.present))
        .truncated(modalities.map(counts -> counts.truncated))
        .sanitized(modalities.map(counts -> counts.sanitized))
        .sanitizedScores(sanitizedScores)
        .dropped(dropped)
        .faults(faults)
        .sources(sources)
        .standardization(Standardization.of(modalities.map(counts -> counts.training)))
        .coverage(coverage.result())
        .build();
  }
}
