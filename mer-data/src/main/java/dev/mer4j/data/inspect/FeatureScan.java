package dev.mer4j.data.inspect;

import dev.mer4j.data.segment.SegmentRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Collects statistics of one modality's rows, segment by segment. */
final class FeatureScan {
  private final int steps;
  private final double limit;
  private final double[] lowest;
  private final double[] highest;
  private final long[] nan;
  private final long[] positive;
  private final long[] negative;
  private final DoubleStream.Builder lengths = DoubleStream.builder();
  private int without;
  private int truncated;
  private long rowsSeen;
  private long rowsLost;
  private long extreme;
  private long zeroRows;
  private long zeroStretches;
  private long longestZeroStretch;

  /**
   * Creates a scan of no rows.
   *
   * @param steps the maximum number of steps that a model reads
   * @param limit the limit for clipping
   */
  FeatureScan(int width, int steps, double limit) {
    this.steps = steps;
    this.limit = limit;
    lowest = new double[width];
    highest = new double[width];
    nan = new long[width];
    positive = new long[width];
    negative = new long[width];
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
    truncated += rows.count() > steps ? 1 : 0;
    long stretch = 0;
    for (int row = 0; row < rows.count(); row++) {
      if (addRow(rows, row)) {
        zeroRows++;
        zeroStretches += stretch == 0 ? 1 : 0;
        longestZeroStretch = Math.max(longestZeroStretch, ++stretch);
      } else {
        stretch = 0;
      }
    }
  }

  /** Adds a row and returns whether it is all zeros. */
  private boolean addRow(SegmentRows rows, int row) {
    boolean zeros = true;
    for (int column = 0; column < lowest.length; column++) {
      double value = rows.at(row, column);
      zeros &= value == 0;
      if (Math.abs(value) <= Double.MAX_VALUE) {
        lowest[column] = Math.min(lowest[column], value);
        highest[column] = Math.max(highest[column], value);
        extreme += Math.abs(value) > limit ? 1 : 0;
      } else if (Double.isNaN(value)) {
        nan[column]++;
      } else if (value > 0) {
        positive[column]++;
      } else {
        negative[column]++;
      }
    }
    return zeros;
  }

  FeatureReport report() {
    List<Integer> empty = new ArrayList<>();
    List<Integer> constant = new ArrayList<>();
    List<ColumnFaults> faults = new ArrayList<>();
    for (int column = 0; column < lowest.length; column++) {
      if (rowsSeen > 0 && lowest[column] > highest[column]) {
        empty.add(column);
      } else if (lowest[column] == highest[column]) {
        constant.add(column);
      }
      ColumnFaults own = new ColumnFaults(column, nan[column], positive[column], negative[column]);
      if (own.total() > 0) {
        faults.add(own);
      }
    }
    faults.sort(Comparator.comparingLong(ColumnFaults::total).reversed());
    double min = Arrays.stream(lowest).min().orElse(0);
    double max = Arrays.stream(highest).max().orElse(0);
    double[] all = lengths.build().toArray();
    Percentiles percentiles = Percentiles.of(all);
    return FeatureReport.builder()
        .segmentsWithout(without)
        .rows(rowsSeen)
        .values(rowsSeen * lowest.length)
        .nan(LongStream.of(nan).sum())
        .positiveInfinite(LongStream.of(positive).sum())
        .negativeInfinite(LongStream.of(negative).sum())
        .columnFaults(faults)
        .zeroRows(zeroRows)
        .zeroStretches(zeroStretches)
        .longestZeroStretch(longestZeroStretch)
        .emptyColumns(empty)
        .constantColumns(constant)
        .extreme(extreme)
        .limit(limit)
        .min(min <= max ? min : 0)
        .max(min <= max ? max : 0)
        .steps(percentiles)
        .lengths(Histogram.ofCounts(all, percentiles.p99()))
        .segmentsCut(truncated)
        .stepsLost(rowsSeen == 0 ? 0 : (double) rowsLost / rowsSeen)
        .build();
  }
}
