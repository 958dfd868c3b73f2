package dev.mer4j.data.inspect;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.data.segment.RawSegment;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/** Collects statistics of the labels, video by video. */
final class LabelScan {
  private final DoubleStream.Builder seconds = DoubleStream.builder();
  private int videos;
  private int segments;
  private int negativeStarts;
  private int unsortedVideos;
  private int overlapping;
  private int outOfRange;
  private int none;
  private int withoutModality;
  private final Map<Emotion, Integer> present = new LinkedHashMap<>();
  private final Map<Emotion, Integer> highest = new LinkedHashMap<>();
  private final Map<Emotion, Integer> firstHighest = new LinkedHashMap<>();
  private int tied;

  private final List<Emotion> labels;

  LabelScan(List<Emotion> labels) {
    this.labels = labels;
    for (Emotion emotion : labels) {
      present.put(emotion, 0);
      highest.put(emotion, 0);
      firstHighest.put(emotion, 0);
    }
  }

  void add(List<RawSegment> video) {
    videos++;
    for (RawSegment segment : video) {
      segments++;
      double length = Math.abs(segment.end() - segment.start());
      if (!Double.isNaN(length)) {
        seconds.add(length);
      }
      negativeStarts += segment.start() < 0 ? 1 : 0;
      outOfRange += segment.sanitizedScores();
      none += segment.scores().none() ? 1 : 0;
      withoutModality += segment.rows().isEmpty() ? 1 : 0;
      count(segment.scores());
    }
    List<RawSegment> byTime =
        video.stream().sorted(Comparator.comparingDouble(RawSegment::start)).toList();
    unsortedVideos += byTime.equals(video) ? 0 : 1;
    for (int i = 1; i < byTime.size(); i++) {
      overlapping += byTime.get(i).start() < byTime.get(i - 1).end() ? 1 : 0;
    }
  }

  private void count(EmotionScores scores) {
    if (!scores.isLabeled()) {
      return;
    }
    for (Emotion emotion : labels) {
      present.merge(emotion, scores.present(emotion) ? 1 : 0, Integer::sum);
    }
    OptionalInt single = LabelSet.singleLabel(labels, TieRule.LEAVE_OUT).single(scores);
    tied += single.isEmpty() ? 1 : 0;
    single.ifPresent(c -> highest.merge(labels.get(c), 1, Integer::sum));
    LabelSet.singleLabel(labels, TieRule.FIRST_COLUMN)
        .single(scores)
        .ifPresent(c -> firstHighest.merge(labels.get(c), 1, Integer::sum));
  }

  LabelReport report() {
    double[] all = seconds.build().toArray();
    Percentiles percentiles = Percentiles.of(all);
    return LabelReport.builder()
        .videos(videos)
        .segments(segments)
        .seconds(percentiles)
        .durations(Histogram.of(all, percentiles.p99()))
        .negativeStarts(negativeStarts)
        .unsortedVideos(unsortedVideos)
        .overlapping(overlapping)
        .withoutModality(withoutModality)
        .scoresOutOfRange(outOfRange)
        .none(none)
        .tied(tied)
        .present(present)
        .highest(highest)
        .firstHighest(firstHighest)
        .build();
  }
}
