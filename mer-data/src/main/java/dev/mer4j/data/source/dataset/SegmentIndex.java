package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.fold.Folds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a data set, by video, in the order of the file.
 *
 * <p>A video whose segments are in several splits is listed once for each, under a name such as
 * {@code video (train)}.
 */
final class SegmentIndex {
  private final Map<String, List<SegmentEntry>> videos = new LinkedHashMap<>();
  private final Map<SegmentId, SegmentEntry> byId = new HashMap<>();
  private final Map<Split, Set<String>> splits = new EnumMap<>(Split.class);
  private final Set<String> shared = new LinkedHashSet<>();

  /**
   * Lists the segments.
   *
   * @param withSplits whether the splits of the file count
   * @throws FileException if two have the same id
   */
  SegmentIndex(Path file, List<SegmentEntry> entries, boolean withSplits) {
    Map<String, Set<Split>> splitsOf = new HashMap<>();
    for (SegmentEntry entry : entries) {
      SegmentEntry other = byId.putIfAbsent(entry.id(), entry);
      if (other != null) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "two segments are called '%s': %s %d and %s %d; the first is 0",
                entry.id(),
                other.split().key(),
                other.row(),
                entry.split().key(),
                entry.row()));
      }
      splitsOf
          .computeIfAbsent(entry.id().video(), unseen -> new LinkedHashSet<>())
          .add(withSplits ? entry.split() : Split.NONE);
    }
    for (SegmentEntry entry : entries) {
      String video = entry.id().video();
      Split split = withSplits ? entry.split() : Split.NONE;
      boolean several = splitsOf.getOrDefault(video, Set.of()).size() > 1;
      String name = several ? video + " (" + split.key() + ")" : video;
      if (several) {
        shared.add(video);
      }
      videos.computeIfAbsent(name, unseen -> new ArrayList<>()).add(entry);
      if (split != Split.NONE) {
        splits.computeIfAbsent(split, unseen -> new LinkedHashSet<>()).add(name);
      }
    }
  }

  Set<String> videos() {
    return Collections.unmodifiableSet(videos.keySet());
  }

  List<SegmentEntry> of(String video) {
    return videos.getOrDefault(video, List.of());
  }

  @Nullable SegmentEntry find(SegmentId id) {
    return byId.get(id);
  }

  /** Returns the ids of videos that have segments in several splits. */
  Set<String> shared() {
    return Collections.unmodifiableSet(shared);
  }

  Folds folds(Path file) {
    return splits.isEmpty() ? Folds.none() : Folds.of(file, splits);
  }
}
