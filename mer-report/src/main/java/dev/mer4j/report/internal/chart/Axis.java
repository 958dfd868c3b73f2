package dev.mer4j.report.internal.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to pixels along a line.
 *
 * @param from the pixel of {@code low}
 * @param to the pixel of {@code high}
 */
record Axis(double low, double high, double from, double to) {
  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Returns about {@code wanted} round values. */
  List<Double> ticks(int wanted) {
    double raw = (high - low) / wanted;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * power;
      if (step >= raw * 0.999) {
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long t = Math.round(Math.ceil(low / step - 1e-9)); t * step <= high + 1e-9 * step; t++) {
      ticks.add(t * step);
    }
    return ticks;
  }

  /** Returns the number of decimals of the ticks. */
  int decimals(int wanted) {
    List<Double> ticks = ticks(wanted);
    double step = ticks.size() > 1 ? ticks.get(1) - ticks.get(0) : 1;
    return (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  }
}
