package dev.mer4j.report.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.report.internal.chart.LineChart.Series;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChartTest {
  @Test
  void epochsHaveNoTicksBetweenThem() {
    assertThat(over(List.of(1.0, 2.0, 3.0, 4.0))).contains(">1<", ">2<", ">3<", ">4<");
    assertThat(over(List.of(1.0))).contains(">1<").doesNotContain(">1.0<", ">0.5<");
  }

  @Test
  void ratesKeepTheirDecimals() {
    assertThat(over(List.of(0.0, 0.1, 0.2, 0.3, 0.4))).contains(">0.10<", ">0.40<");
  }

  private static String over(List<Double> x) {
    List<Double> y = Collections.nCopies(x.size(), 7.0);
    return new LineChart("a", "b", List.of(new Series("c", ChartColor.ACCENT, x, y, false)), false)
        .svg();
  }

  @Test
  void valuesThatAreNotFiniteInterruptTheLine() {
    String svg = withValues(0.5, Double.NaN, 0.7, Double.POSITIVE_INFINITY, 0.9, 1.0);

    assertThat(svg).doesNotContain("NaN", "Infinity");
    assertThat(svg.split("<circle", -1)).hasSize(1 + 4);
    assertThat(svg.split("stroke-width=\"2.2\"", -1)).hasSize(1 + 1);
  }

  @Test
  void aLargeConstantHasTicks() {
    assertThat(withValues(1e17, 1e17)).contains("<circle").doesNotContain("NaN");
  }

  private static String withValues(Double... y) {
    List<Double> x = IntStream.range(0, y.length).mapToObj(each -> (double) each).toList();
    Series series = new Series("c", ChartColor.ACCENT, x, List.of(y), false);
    return new LineChart("a", "b", List.of(series), false).svg();
  }
}
