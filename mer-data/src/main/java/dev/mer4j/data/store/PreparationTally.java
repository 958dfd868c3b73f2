package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Split;
import dev.mer4j.data.batch.ColumnMoments;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.sanitize.Sanitized;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** Counts what a preparation does, and measures the training fold's columns on the way. */
final class PreparationTally {
  private final Map<Modality, Integer> widths;
  private final Map<Modality, ColumnMoments> training = new EnumMap<>(Modality.class);
  private final Map<Split, Integer> segments = new EnumMap<>(Split.class);
  private final Map<Split, Integer> videos = new EnumMap<>(Split.class);
  private final Map<Modality, Integer> present = new EnumMap<>(Modality.class);
  private final Map<Modality, Integer> truncated = new EnumMap<>(Modality.class);
  private final Map<Modality, SanitizeCounts> sanitized = new EnumMap<>(Modality.class);
  private long mendedScores;

  PreparationTally(Map<Modality, Integer> widths) {
    this.widths = widths;
    widths.forEach(
        (modality, width) -> {
          training.put(modality, new ColumnMoments(width));
          present.put(modality, 0);
          truncated.put(modality, 0);
          sanitized.put(modality, SanitizeCounts.NONE);
        });
  }

  void video(Split split, int itsSegments) {
    videos.merge(split, 1, Integer::sum);
    segments.merge(split, itsSegments, Integer::sum);
  }

  void scores(int mended) {
    mendedScores += mended;
  }

  void features(Modality modality, Split split, Sanitized mended, Features kept) {
    present.merge(modality, 1, Integer::sum);
    sanitized.merge(modality, mended.counts(), SanitizeCounts::plus);
    if (kept.steps() < mended.features().steps()) {
      truncated.merge(modality, 1, Integer::sum);
    }
    if (split == Split.TRAIN) {
      training
          .computeIfAbsent(modality, unseen -> new ColumnMoments(kept.width()))
          .add(kept.values(), kept.steps());
    }
  }

  StoreInfo info(PrepareOptions options, CsdFolder data) {
    return new StoreInfo(
        options,
        widths,
        segments,
        videos,
        present,
        truncated,
        sanitized,
        mendedScores,
        Stream.concat(Stream.of(data.labels()), data.features().values().stream().sorted())
            .map(PreparationTally::source)
            .toList(),
        Standardization.of(training));
  }

  private static StoreInfo.Source source(Path file) {
    try {
      return new StoreInfo.Source(
          file.getFileName().toString(),
          Files.size(file),
          Files.getLastModifiedTime(file).toString());
    } catch (IOException e) {
      throw new FileException(file, "cannot be looked at: " + e.getMessage(), e);
    }
  }
}
