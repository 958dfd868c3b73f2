package dev.mer4j.report;

import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.csd.Word;
import dev.mer4j.eval.attribution.Timeline;
import dev.mer4j.report.internal.chart.Escaped;
import dev.mer4j.report.internal.chart.TimelineChart;
import dev.mer4j.report.internal.chart.TimelineChart.Cell;
import dev.mer4j.report.internal.chart.TimelineChart.Group;
import dev.mer4j.report.internal.chart.TimelineChart.Label;
import dev.mer4j.report.internal.chart.TimelineChart.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Draws the timeline of one segment: a row of up to twenty cells for each modality and each
 * predicted class, or of the most probable class if none is predicted.
 */
public final class TimelinePicture {
  private TimelinePicture() {}

  /**
   * Returns a PNG image with the mark of {@link SegmentPicture#MARK}.
   *
   * @param words the words of the segment in order of time, below the axis of seconds; may be empty
   * @throws MerException if fonts or libraries that Java's graphics require are missing
   */
  public static byte[] png(Timeline timeline, List<Word> words) {
    boolean timed = timeline.seconds(0) < timeline.seconds(1);
    double from = timed ? timeline.seconds(0) : 0;
    double to = timed ? timeline.seconds(1) : 100;
    List<Label> labels =
        words.stream()
            .filter(word -> timed)
            .map(word -> new Label(Escaped.visible(word.text()), share(word.start(), from, to)))
            .toList();
    return SegmentPicture.png(
        List.of(
            new TimelineChart(
                "What each twentieth adds: "
                    + Escaped.visible(timeline.prediction().segment().id().toString()),
                classes(timeline.predictions()).stream().map(c -> group(timeline, c)).toList(),
                labels,
                from,
                to,
                timed ? "seconds" : "percent of the segment")));
  }

  private static double share(double seconds, double from, double to) {
    return Math.max(0, Math.min(1, (seconds - from) / (to - from)));
  }

  /** Returns the predicted classes, or else the most probable one. */
  private static List<Integer> classes(Predictions predictions) {
    List<Integer> predicted =
        IntStream.range(0, predictions.scheme().classCount())
            .filter(c -> predictions.predicted(0, c))
            .boxed()
            .toList();
    return predicted.isEmpty() ? List.of(predictions.rows().get(0).mostProbableClass()) : predicted;
  }

  private static Group group(Timeline timeline, int label) {
    List<Row> rows = new ArrayList<>();
    timeline
        .parts()
        .forEach(
            (modality, parts) ->
                rows.add(
                    new Row(
                        modality.key(),
                        parts.stream()
                            .filter(part -> part.steps() > 0)
                            .map(
                                part ->
                                    new Cell(
                                        timeline.start(part),
                                        timeline.end(part),
                                        part.added().get(label)))
                            .toList())));
    return new Group(
        String.format(
            Locale.ROOT,
            "%s: probability %.2f, %s",
            timeline.predictions().scheme().classes().get(label),
            timeline.prediction().probabilities().get(label),
            timeline.predictions().predicted(0, label) ? "predicted" : "not predicted"),
        rows);
  }
}
