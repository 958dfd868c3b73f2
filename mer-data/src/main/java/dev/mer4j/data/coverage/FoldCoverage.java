package dev.mer4j.data.coverage;

import dev.mer4j.data.Split;
import dev.mer4j.data.fold.Folds;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Determines which ids of the folds are videos, and which splits have segments. */
final class FoldCoverage {
  private final String labels;
  private final Set<String> videos;
  private final Folds folds;
  private final Map<Split, Integer> segments = new EnumMap<>(Split.class);
  private final Map<Split, String> firstLoss = new EnumMap<>(Split.class);
  private final Map<Split, OmissionCounts> unknown = new EnumMap<>(Split.class);

  /**
   * Compares the ids.
   *
   * @param labels the name of the label file
   * @param videos the labeled videos
   * @param folds the folds with ids that match the videos' names
   */
  FoldCoverage(String labels, Set<String> videos, Folds folds) {
    this.labels = labels;
    this.videos = videos;
    this.folds = folds;
    for (Split split : Folds.SPLITS) {
      List<String> ids =
          folds.videos(split).stream().filter(id -> !videos.contains(id)).sorted().toList();
      unknown.put(split, OmissionCounts.of(ids));
    }
  }

  /**
   * Adds a video.
   *
   * @param loss the reason why it has no segments; null if it has some
   */
  void add(String video, int count, @Nullable String loss) {
    Split split = folds.of(video);
    segments.merge(split, count, Integer::sum);
    if (loss != null) {
      firstLoss.putIfAbsent(split, loss);
    }
  }

  List<Omission> omissions() {
    List<Omission> omissions = new ArrayList<>();
    OmissionCounts ids = new OmissionCounts();
    for (Split split : Folds.SPLITS) {
      folds.videos(split).stream()
          .filter(id -> !videos.contains(id))
          .sorted()
          .forEach(id -> ids.add(id, ""));
    }
    if (!ids.isEmpty()) {
      omissions.add(ids.omission(Omission.Kind.FOLD_ID, "folds: ids without labels: %s"));
    }
    List<String> empty =
        folds.isEmpty()
            ? List.of()
            : Folds.SPLITS.stream()
                .filter(split -> folds.videos(split).isEmpty())
                .map(Split::key)
                .toList();
    if (!empty.isEmpty()) {
      omissions.add(
          OmissionCounts.of(empty)
              .omission(
                  Omission.Kind.NO_FOLD,
                  "folds: splits without videos: %s; training needs train and valid: assign videos"
                      + " to them with --folds"));
    }
    OmissionCounts none = new OmissionCounts();
    if (!folds.isEmpty()) {
      videos.stream()
          .filter(video -> folds.of(video) == Split.NONE)
          .sorted()
          .forEach(video -> none.add(video, ""));
    }
    if (!none.isEmpty()) {
      omissions.add(
          none.omission(
              Omission.Kind.NO_FOLD,
              String.format(
                  Locale.ROOT,
                  "folds: labeled videos in no fold: %%s, with %,d segments",
                  segments.getOrDefault(Split.NONE, 0))));
    }
    return omissions;
  }

  /** Returns the problems known before reading the videos: splits without a labeled video. */
  List<String> splitsWithoutVideos() {
    List<String> problems = new ArrayList<>();
    if (!folds.isEmpty()) {
      for (Split split : Folds.SPLITS) {
        OmissionCounts ids = unknown.getOrDefault(split, new OmissionCounts());
        if (!folds.videos(split).isEmpty() && ids.count() == folds.videos(split).size()) {
          problems.add(
              String.format(
                  Locale.ROOT,
                  "the %s split has no segments: none of its ids is a video in %s: %s; the labeled videos are %s",
                  split.key(),
                  labels,
                  ids,
                  OmissionCounts.of(videos)));
        }
      }
    }
    return problems;
  }

  /** Returns the splits without segments, with the reasons. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(splitsWithoutVideos());
    if (!folds.isEmpty() && problems.isEmpty()) {
      for (Split split : Folds.SPLITS) {
        if (!folds.videos(split).isEmpty() && segments.getOrDefault(split, 0) == 0) {
          problems.add(
              String.format(
                  Locale.ROOT,
                  "the %s split has no segments: no label row of its videos can be used, the first:"
                      + " %s",
                  split.key(),
                  firstLoss.getOrDefault(split, "unknown reason")));
        }
      }
    }
    return problems;
  }
}
