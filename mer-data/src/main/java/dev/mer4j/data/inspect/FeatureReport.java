package dev.mer4j.data.inspect;

import java.util.List;

/**
 * Statistics of one modality's features in the segments, before sanitizing.
 *
 * @param segmentsWithout the number of segments that lack the modality
 * @param rows the number of rows of all segments
 * @param values the number of values in all columns
 * @param nan the number of NaN values
 * @param positiveInfinite the number of +Inf values
 * @param negativeInfinite the number of -Inf values
 * @param columnFaults the columns with non-finite values, most faults first
 * @param zeroRows the number of rows that are 0 in every column
 * @param zeroStretches the number of contiguous runs of such rows within a segment
 * @param longestZeroStretch the length of the longest run, in rows
 * @param emptyColumns the columns without finite values
 * @param constantColumns the columns with a single constant value
 * @param extreme the number of finite values that preparation clips
 * @param limit the limit for clipping
 * @param min the minimum of the finite values
 * @param max the maximum of the finite values
 * @param steps the percentiles of the steps per segment
 * @param lengths the histogram of the steps per segment
 * @param segmentsCut the number of segments with more steps than a model reads
 * @param stepsLost the fraction of all steps beyond that limit
 */
public record FeatureReport(
    int segmentsWithout,
    long rows,
    long values,
    long nan,
    long positiveInfinite,
    long negativeInfinite,
    List<ColumnFaults> columnFaults,
    long zeroRows,
    long zeroStretches,
    long longestZeroStretch,
    List<Integer> emptyColumns,
    List<Integer> constantColumns,
    long extreme,
    double limit,
    double min,
    double max,
    Percentiles steps,
    Histogram lengths,
    int segmentsCut,
    double stepsLost) {
  public FeatureReport {
    columnFaults = List.copyOf(columnFaults);
    emptyColumns = List.copyOf(emptyColumns);
    constantColumns = List.copyOf(constantColumns);
  }

  /** Returns a builder with all counts 0. */
  static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link FeatureReport}. */
  static final class Builder {
    private int segmentsWithout;
    private long rows;
    private long values;
    private long nan;
    private long positiveInfinite;
    private long negativeInfinite;
    private List<ColumnFaults> columnFaults = List.of();
    private long zeroRows;
    private long zeroStretches;
    private long longestZeroStretch;
    private List<Integer> emptyColumns = List.of();
    private List<Integer> constantColumns = List.of();
    private long extreme;
    private double limit;
    private double min;
    private double max;
    private Percentiles steps = Percentiles.of(new double[0]);
    private Histogram lengths = Histogram.ofCounts(new double[0], 0);
    private int segmentsCut;
    private double stepsLost;

    private Builder() {}

    Builder segmentsWithout(int value) {
      segmentsWithout = value;
      return this;
    }

    Builder rows(long value) {
      rows = value;
      return this;
    }

    Builder values(long value) {
      values = value;
      return this;
    }

    Builder nan(long value) {
      nan = value;
      return this;
    }

    Builder positiveInfinite(long value) {
      positiveInfinite = value;
      return this;
    }

    Builder negativeInfinite(long value) {
      negativeInfinite = value;
      return this;
    }

    Builder columnFaults(List<ColumnFaults> value) {
      columnFaults = value;
      return this;
    }

    Builder zeroRows(long value) {
      zeroRows = value;
      return this;
    }

    Builder zeroStretches(long value) {
      zeroStretches = value;
      return this;
    }

    Builder longestZeroStretch(long value) {
      longestZeroStretch = value;
      return this;
    }

    Builder emptyColumns(List<Integer> value) {
      emptyColumns = value;
      return this;
    }

    Builder constantColumns(List<Integer> value) {
      constantColumns = value;
      return this;
    }

    Builder extreme(long value) {
      extreme = value;
      return this;
    }

    Builder limit(double value) {
      limit = value;
      return this;
    }

    Builder min(double value) {
      min = value;
      return this;
    }

    Builder max(double value) {
      max = value;
      return this;
    }

    Builder steps(Percentiles value) {
      steps = value;
      return this;
    }

    Builder lengths(Histogram value) {
      lengths = value;
      return this;
    }

    Builder segmentsCut(int value) {
      segmentsCut = value;
      return this;
    }

    Builder stepsLost(double value) {
      stepsLost = value;
      return this;
    }

    FeatureReport build() {
      return new FeatureReport(
          segmentsWithout,
          rows,
          values,
          nan,
          positiveInfinite,
          negativeInfinite,
          columnFaults,
          zeroRows,
          zeroStretches,
          longestZeroStretch,
          emptyColumns,
          constantColumns,
          extreme,
          limit,
          min,
          max,
          steps,
          lengths,
          segmentsCut,
          stepsLost);
    }
  }
}
