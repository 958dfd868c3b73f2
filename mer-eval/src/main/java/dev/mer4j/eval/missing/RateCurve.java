package dev.mer4j.eval.missing;

import dev.mer4j.MerException;
import dev.mer4j.eval.Evaluation;
import java.util.List;

/**
 * The evaluations of a model at ascending rates of missing input.
 *
 * @param protocol the protocol of missing input: {@link #RANDOM} or {@link #FRAME}
 * @param points the points by ascending rate, the first at 0
 */
public record RateCurve(String protocol, List<Point> points) {
  /** The protocol that removes whole modalities of each segment at random, never all. */
  public static final String RANDOM = "random-modality";

  /** The protocol that erases steps of each modality at random. */
  public static final String FRAME = "frame";

  public RateCurve {
    points = List.copyOf(points);
    if (points.isEmpty() || points.get(0).rate() != 0) {
      throw new MerException(protocol + ": a curve must start at rate 0");
    }
  }

  /**
   * A point of the curve.
   *
   * @param rate the requested rate
   * @param missing the actual share of removed input
   * @param masks SHA-256 of the masks by segment id, the same for every model
   * @param fullThresholdsMacroF1 macro-F1 if all segments used the thresholds of the full input
   */
  public record Point(
      double rate,
      double missing,
      String masks,
      Evaluation evaluation,
      double fullThresholdsMacroF1) {}

  /** Returns macro-F1 at this point. */
  public double macroF1(int point) {
    return points.get(point).evaluation().macroF1();
  }

  /** Returns macro-F1 with complete input minus macro-F1 at this point. */
  public double drop(int point) {
    return macroF1(0) - macroF1(point);
  }

  /**
   * Returns the area under macro-F1 over the missing share, by the trapezoidal rule, divided by the
   * largest share. It is the mean height of the curve: a model that missing input does not affect
   * has its full macro-F1.
   */
  public double area() {
    double area = 0;
    for (int p = 1; p < points.size(); p++) {
      double step = points.get(p).missing() - points.get(p - 1).missing();
      area += step * (macroF1(p) + macroF1(p - 1)) / 2;
    }
    double range = points.get(points.size() - 1).missing() - points.get(0).missing();
    return range > 0 ? area / range : macroF1(0);
  }
}
