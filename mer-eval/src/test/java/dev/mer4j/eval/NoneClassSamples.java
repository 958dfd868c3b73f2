package dev.mer4j.eval;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.util.Arrays;

/** Predictions of one class of seven, the last of which is "none". */
public final class NoneClassSamples {
  public static final LabelSet SCHEME = LabelSet.singleLabel(TieRule.NONE_CLASS);
  public static final int HAPPY = 0;
  public static final int SAD = 1;
  public static final int NONE = 6;

  /** Four segments of "none", three of happy, one of sad, and an excluded one. */
  public static final Predictions PREDICTIONS =
      Samples.predictions(
          SCHEME,
          row(0, NONE, 0),
          row(1, NONE, 0),
          row(2, NONE, 0),
          row(3, HAPPY, 0),
          row(4, HAPPY, 2),
          row(5, HAPPY, 2),
          row(6, NONE, 1),
          row(7, SAD, 0, 1),
          row(8, SAD, 1, 1));

  private NoneClassSamples() {}

  private static Prediction row(int index, int predicted, double... first) {
    double[] probabilities = new double[7];
    Arrays.fill(probabilities, 0.1);
    probabilities[predicted] = 0.4;
    return Samples.prediction(index, Samples.scores(Arrays.copyOf(first, 6)), probabilities);
  }
}
