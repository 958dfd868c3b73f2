package dev.mer4j.eval.report;

import dev.mer4j.data.Emotion;
import dev.mer4j.eval.Evaluation;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A bar for each emotion's F1, beside the best that a constant predictor reaches. */
final class F1Chart {
  private F1Chart() {}

  static byte[] png(Evaluation evaluation) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Picture.WIDTH)
            .height(675)
            .title("F1 by emotion: " + evaluation.name())
            .xAxisTitle("emotion")
            .yAxisTitle(
                evaluation.isSingleLabel() ? "F1 against the other five" : "F1 of positives")
            .build();
    style(chart.getStyler());
    List<Emotion> emotions = Arrays.asList(Emotion.values());
    List<String> names = emotions.stream().map(Emotion::key).toList();
    chart.addSeries("model ", names, emotions.stream().map(evaluation::f1).toList());
    chart.addSeries(
        "best constant predictor",
        names,
        emotions.stream().map(evaluation::bestConstantF1).toList());
    return Picture.png(BitmapEncoder.getBufferedImage(chart));
  }

  private static void style(CategoryStyler styler) {
    styler.setBaseFont(Picture.font(Font.PLAIN, 16));
    styler.setChartTitleFont(Picture.font(Font.BOLD, 24));
    styler.setAxisTitleFont(Picture.font(Font.PLAIN, 20));
    styler.setAxisTickLabelsFont(Picture.font(Font.PLAIN, 18));
    styler.setLegendFont(Picture.font(Font.PLAIN, 18));
    styler.setLabelsFont(Picture.font(Font.PLAIN, 16));
    styler.setChartFontColor(Picture.INK);
    styler.setAxisTickLabelsColor(Picture.INK);
    styler.setLabelsFontColorAutomaticEnabled(false);
    styler.setLabelsFontColor(Picture.INK);
    styler.setSeriesColors(new Color[] {Picture.BLUE, Picture.GREY});
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setChartTitleBoxVisible(false);
    styler.setChartPadding(20);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(1.0);
    styler.setLocale(Locale.ROOT);
    styler.setDecimalPattern("0.00");
    styler.setAvailableSpaceFill(0.72);
    styler.setLabelsVisible(true);
    // Above the bar, where it can be read whatever the bar's colour.
    styler.setLabelsPosition(1.06);
  }
}
