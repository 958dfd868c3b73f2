package dev.mer4j.data.inspect;

import java.util.List;

/**
 * One modality's features, as they are in the segments before anything is mended.
 *
 * @param segmentsWithout how many segments lack the modality
 * @param rows of all segments together
 * @param values how many there are, in all columns
 * @param columnFaults every column with values that are no numbers, the worst first
 * @param zeroRows rows that are 0 in every column
 * @param zeroStretches unbroken runs of such rows within a segment
 * @param longestZeroStretch in rows
 * @param emptyColumns columns without a single number
 * @param constantColumns columns with the same number everywhere
 * @param extreme finite values that preparing clips
 * @param limit beyond which it does
 * @param min of the finite values
 * @param max of the finite values
 * @param steps per segment
 * @param lengths of the segments, in steps
 * @param segmentsCut how many segments are longer than the steps that a model reads
 * @param stepsLost the share of all steps beyond them
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
}
