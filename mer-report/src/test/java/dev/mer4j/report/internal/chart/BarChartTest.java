package dev.mer4j.report.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {
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
  void singleSeriesHasNoLegend() {
    assertThat(chart(false, 3.0, 5.0)).doesNotContain(">model</text>");
  }

  private static String chart(boolean share, Double... values) {
    BarChart.Series series =
        new BarChart.Series("model", ChartColor.ACCENT, List.of(values), List.of(), List.of());
    return new BarChart("title", List.of("happy", "sad"), List.of(series), List.of(), share).svg();
  }
}
