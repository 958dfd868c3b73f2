package dev.mer4j.report.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.report.internal.chart.HistogramChart.Bar;
import dev.mer4j.report.internal.chart.HistogramChart.Mark;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HistogramChartTest {
  private static final Pattern RECT = Pattern.compile("<rect [^>]* height=\"([0-9.]+)\"");

  @Test
  void barsAreAsHighAsTheirCounts() {
    List<Double> heights = heights(chart(new Bar(4, "a"), new Bar(0, "b"), new Bar(1, "c")).svg());

    assertThat(heights).hasSize(3);
    assertThat(heights.get(0) / heights.get(2)).isBetween(3.99, 4.01);
    assertThat(heights.get(1)).isZero();
  }

  @Test
  void allZerosCanBeDrawn() {
    assertThat(heights(chart(new Bar(0, "")).svg())).containsExactly(0.0);
  }

  @Test
  void aMarkBeyondTheBarsIsNotDrawn() {
    String svg = chart(new Bar(1, ""), new Bar(1, "")).svg();

    assertThat(svg).contains(">here<").doesNotContain(">beyond<");
  }

  @Test
  void tooltipIsEscaped() {
    assertThat(chart(new Bar(1, "<b>")).svg()).contains("<title>&lt;b&gt;</title>");
  }

  private static HistogramChart chart(Bar... bars) {
    return new HistogramChart(
        "title", "x", 0, 5, List.of(bars), List.of(new Mark(2, "here"), new Mark(20, "beyond")));
  }

  private static List<Double> heights(String svg) {
    return RECT.matcher(svg)
        .results()
        .map((MatchResult rect) -> Double.valueOf(rect.group(1)))
        .toList();
  }
}
