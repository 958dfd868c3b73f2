package dev.mer4j.eval.missing;

import dev.mer4j.MerException;
import dev.mer4j.eval.Evaluation;
import java.util.List;

/**
 * One model judged at rising rates of missing input.
 *
 * @param protocol what is missing and how: {@link #RANDOM} or {@link #FRAME}
 * @param points by rising rate, the first one 0
 */
public record RateCurve(String protocol, List<Point> points) {
  /** Each segment loses whole modalities at random, never all. */
  public static final String RANDOM = "random-modality";

  /** Each modality loses steps at random. */
  public static final String FRAME = "frame";

  public RateCurve {
    points = List.copyOf(points);
    if (points.isEmpty() || points.get(0).rate() != 0) {
      throw new MerException(protocol + ": a curve starts with nothing missing");
    }
  }

  /**
   * One rate.
   *
   * @param rate asked for
   * @param missing share that was missing indeed, of what there was
   * @param masks SHA-256 of what was missing where, by segment id: the same for every model
   */
  public record Point(double rate, double missing, String masks, Evaluation evaluation) {}

  /** Macro-F1 at this point. */
  public double macroF1(int point) {
    return points.get(point).evaluation().macroF1();
  }

  /** Macro-F1 with nothing missing minus macro-F1 at this point. */
  public double drop(int point) {
    return macroF1(0) - macroF1(point);
  }

  /**
   * Area under macro-F1 over the share that was missing, by trapezoids, divided by the largest
   * share: the mean height, so that a model that nothing can hurt has its full macro-F1.
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
