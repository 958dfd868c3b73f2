package dev.mer4j.report.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BarChartTest {
  private static final Pattern BAR =
      Pattern.compile("<rect [^>]*y=\"([0-9.]+)\"[^>]*height=\"([0-9.]+)\"");

  @Test
  void countsHaveNoDecimals() {
    assertThat(chart(false, 1234.0, 5.0)).contains(">1,234</text>", ">5</text>");
    assertThat(chart(false, 0.5, 5.0)).contains(">0.50</text>", ">5.00</text>");
    assertThat(chart(true, 1.0, 0.0)).contains(">1.00</text>", ">0.00</text>");
  }

  @Test
  void barHasATooltip() {
    assertThat(chart(false, 3.0, 5.0)).contains("<title>sad, model: 5</title>");
  }

  @Test
  void negativeBarHangsFromZero() {
    String svg = chart(false, 1.0, -1.0);
    Matcher bars = BAR.matcher(svg);
    List<Double> edges = new ArrayList<>();
    while (bars.find()) {
      edges.add(Double.parseDouble(bars.group(1)));
      edges.add(Double.parseDouble(bars.group(2)));
    }
    assertThat(edges).hasSize(4);
    double zero = edges.get(2);
    assertThat(edges.get(0) + edges.get(1)).isCloseTo(zero, within(0.11)); // one decimal each
    assertThat(edges.get(3)).isCloseTo(edges.get(1), within(0.11)).isGreaterThan(50);
    assertThat(svg).contains("<title>sad, model: -1</title>");
  }

  @Test
  void barsMayAllBeNegative() {
    assertThat(chart(false, -1.0, -3.0)).contains(">-3</text>").doesNotContain("NaN", "Infinity");
    assertThat(chart(false, 0.0, 0.0)).doesNotContain("NaN", "Infinity");
  }

  @Test
  void singleSeriesHasNoLegend() {
    assertThat(chart(false, 3.0, 5.0)).doesNotContain(">model</text>");
  }

  private static String chart(boolean share, Double... values) {
    BarChart.Series series =
        new BarChart.Series("model", ChartColor.ACCENT, List.of(values), List.of(), List.of());
    return new BarChart("title", List.of("happy", "sad"), List.of(series), List.of(), share).svg();
  }
}
