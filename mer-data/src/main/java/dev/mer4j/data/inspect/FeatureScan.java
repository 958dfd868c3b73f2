package dev.mer4j.data.inspect;

import dev.mer4j.data.segment.SegmentRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Looks at one modality's rows, segment by segment. */
final class FeatureScan {
  private final int steps;
  private final double[] lowest;
  private final double[] highest;
  private final DoubleStream.Builder lengths = DoubleStream.builder();
  private int without;
  private int cut;
  private long rowsSeen;
  private long rowsLost;
  private long nan;
  private long positive;
  private long negative;
  private long zeroRows;

  FeatureScan(int width, int steps) {
    this.steps = steps;
    lowest = new double[width];
    highest = new double[width];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    Arrays.fill(highest, Double.NEGATIVE_INFINITY);
  }

  void absent() {
    without++;
  }

  void add(SegmentRows rows) {
    lengths.add(rows.count());
    rowsSeen += rows.count();
    rowsLost += Math.max(0, rows.count() - steps);
    cut += rows.count() > steps ? 1 : 0;
    for (int row = 0; row < rows.count(); row++) {
      boolean zeros = true;
      for (int column = 0; column < lowest.length; column++) {
        double value = rows.at(row, column);
        zeros &= value == 0;
        if (Double.isFinite(value)) {
          lowest[column] = Math.min(lowest[column], value);
          highest[column] = Math.max(highest[column], value);
        } else if (Double.isNaN(value)) {
          nan++;
        } else if (value > 0) {
          positive++;
        } else {
          negative++;
        }
      }
      zeroRows += zeros ? 1 : 0;
    }
  }

  FeatureReport report() {
    List<Integer> constant = new ArrayList<>();
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int column = 0; column < lowest.length; column++) {
      if (lowest[column] >= highest[column]) {
        constant.add(column);
      }
      min = Math.min(min, lowest[column]);
      max = Math.max(max, highest[column]);
    }
    return new FeatureReport(
        without,
        rowsSeen * lowest.length,
        nan,
        positive,
        negative,
        zeroRows,
        constant,
        min <= max ? min : 0,
        min <= max ? max : 0,
        Percentiles.of(lengths.build().toArray()),
        cut,
        rowsSeen == 0 ? 0 : (double) rowsLost / rowsSeen);
  }
}
