package dev.mer4j.data.inspect;

import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.TieRule;
import dev.mer4j.data.segment.RawSegment;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/** Looks at the labels, video by video. */
final class LabelScan {
  private final DoubleStream.Builder seconds = DoubleStream.builder();
  private int videos;
  private int segments;
  private int negativeStarts;
  private int unsortedVideos;
  private int overlapping;
  private int outOfRange;
  private int none;
  private int tied;

  void add(List<RawSegment> video) {
    videos++;
    for (RawSegment segment : video) {
      segments++;
      seconds.add(Math.abs(segment.end() - segment.start()));
      negativeStarts += segment.start() < 0 ? 1 : 0;
      outOfRange += segment.mendedScores();
      none += segment.scores().none() ? 1 : 0;
      tied += LabelScheme.single(segment.scores(), TieRule.LEAVE_OUT).isEmpty() ? 1 : 0;
    }
    List<RawSegment> byTime =
        video.stream().sorted(Comparator.comparingDouble(RawSegment::start)).toList();
    unsortedVideos += byTime.equals(video) ? 0 : 1;
    for (int i = 1; i < byTime.size(); i++) {
      overlapping += byTime.get(i).start() < byTime.get(i - 1).end() ? 1 : 0;
    }
  }

  LabelReport report() {
    return new LabelReport(
        videos,
        segments,
        Percentiles.of(seconds.build().toArray()),
        negativeStarts,
        unsortedVideos,
        overlapping,
        outOfRange,
        none,
        tied);
  }
}
