package dev.mer4j.data.inspect;

import java.util.List;

/**
 * One modality's features, as they are in the segments before anything is mended.
 *
 * @param segmentsWithout how many segments lack the modality
 * @param zeroRows rows that are 0 in every column
 * @param constantColumns columns with the same finite value everywhere, or none
 * @param min of the finite values
 * @param max of the finite values
 * @param steps per segment
 * @param segmentsCut how many segments are longer than the steps that a model reads
 * @param stepsLost the share of all steps beyond them
 */
public record FeatureReport(
    int segmentsWithout,
    long values,
    long nan,
    long positiveInfinite,
    long negativeInfinite,
    long zeroRows,
    List<Integer> constantColumns,
    double min,
    double max,
    Percentiles steps,
    int segmentsCut,
    double stepsLost) {
  public FeatureReport {
    constantColumns = List.copyOf(constantColumns);
  }
}
