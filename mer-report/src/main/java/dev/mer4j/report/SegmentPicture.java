package dev.mer4j.report;

import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.eval.attribution.Attribution;
import dev.mer4j.file.FileMark;
import dev.mer4j.report.internal.chart.BarChart;
import dev.mer4j.report.internal.chart.Chart;
import dev.mer4j.report.internal.chart.ChartColor;
import dev.mer4j.report.internal.chart.Escaped;
import java.awt.AWTError;
import java.util.List;

/**
 * Draws one segment: the Shapley values as a bar for each modality and class, and below them, with
 * additive fusion, the terms relative to their training means.
 */
public final class SegmentPicture {
  /** Identifies files of {@link #png}. */
  public static final FileMark MARK = Chart.PNG_MARK;

  private SegmentPicture() {}

  /**
   * Returns a PNG image.
   *
   * @param classes the classes of the logits, in order
   * @throws MerException if fonts or libraries that Java's graphics require are missing
   */
  public static byte[] png(Attribution attribution, List<String> classes) {
    List<Modality> modalities = attribution.shapley().modalities();
    List<BarChart.Series> series =
        modalities.stream()
            .map(
                modality ->
                    new BarChart.Series(
                        modality.key(),
                        ChartColor.of(modality, modalities),
                        attribution.shapley().get(modality),
                        List.of(),
                        List.of()))
            .toList();
    Chart chart =
        new BarChart(
            "Shapley values (logits): "
                + Escaped.visible(attribution.prediction().segment().id().toString()),
            classes,
            series,
            List.of(),
            false);
    return png(
        attribution
            .prediction()
            .contributions()
            .map(contributions -> List.of(chart, TermCharts.of(contributions, classes)))
            .orElse(List.of(chart)));
  }

  static byte[] png(List<Chart> charts) {
    try {
      return Chart.png(charts);
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      throw new MerException("the picture cannot be drawn: " + e, e);
    }
  }
}
