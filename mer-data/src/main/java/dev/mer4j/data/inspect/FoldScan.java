package dev.mer4j.data.inspect;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Split;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.segment.RawSegment;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Counts segments and emotions per split. */
final class FoldScan {
  private final Folds folds;
  private final List<Emotion> labels;
  private final Map<Split, Integer> videos = new EnumMap<>(Split.class);
  private final Map<Split, Integer> segments = new EnumMap<>(Split.class);
  private final Map<Split, Map<Emotion, Integer>> positives = new EnumMap<>(Split.class);

  FoldScan(Folds folds, List<Emotion> labels) {
    this.folds = folds;
    this.labels = labels;
  }

  void add(String video, List<RawSegment> itsSegments) {
    Split split = folds.of(video);
    videos.merge(split, 1, Integer::sum);
    segments.merge(split, itsSegments.size(), Integer::sum);
    Map<Emotion, Integer> counts =
        positives.computeIfAbsent(split, unseen -> new LinkedHashMap<>());
    for (Emotion emotion : labels) {
      int present = (int) itsSegments.stream().filter(s -> present(s, emotion)).count();
      counts.merge(emotion, present, Integer::sum);
    }
  }

  private static boolean present(RawSegment segment, Emotion emotion) {
    return segment.scores().isLabeled() && segment.scores().present(emotion);
  }

  FoldReport report(Set<String> labeled) {
    Map<Split, FoldReport.Counts> counts = new EnumMap<>(Split.class);
    positives.forEach(
        (split, byEmotion) ->
            counts.put(
                split,
                new FoldReport.Counts(
                    videos.getOrDefault(split, 0), segments.getOrDefault(split, 0), byEmotion)));
    List<String> unlabelled =
        Stream.of(Split.values())
            .flatMap(split -> folds.videos(split).stream())
            .filter(id -> !labeled.contains(id))
            .sorted()
            .toList();
    List<String> unassigned =
        folds.isEmpty()
            ? List.of()
            : labeled.stream().filter(id -> folds.of(id) == Split.NONE).sorted().toList();
    return new FoldReport(counts, unlabelled, unassigned);
  }
}
