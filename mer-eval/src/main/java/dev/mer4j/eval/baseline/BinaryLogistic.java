package dev.mer4j.eval.baseline;

import java.util.Arrays;

/**
 * A logistic regression of one label: weights [D] that minimize the sum of the losses log(1 +
 * exp(∓z)) over the rows plus ‖w‖² / (2 C), z = x·w + b. The intercept b is not penalized. Equals
 * scikit-learn's {@code LogisticRegression(C=…)}.
 *
 * @param weights [D]
 */
record BinaryLogistic(double[] weights, double intercept) {
  /** The largest absolute gradient at the solution, relative to the number of rows. */
  private static final double TOLERANCE = 1e-9;

  /**
   * Fits the regression.
   *
   * @param rows [N, D]
   * @param present [N]
   * @param c C, the inverse strength of the penalty, above 0
   */
  static BinaryLogistic fit(double[][] rows, boolean[] present, double c) {
    int width = rows[0].length;
    double[] solution =
        Lbfgs.minimize(
            (parameters, gradient) -> loss(rows, present, c, parameters, gradient),
            new double[width + 1],
            TOLERANCE * rows.length);
    return new BinaryLogistic(Arrays.copyOf(solution, width), solution[width]);
  }

  /** Returns the loss, and stores its gradient; the last parameter is the intercept. */
  private static double loss(
      double[][] rows, boolean[] present, double c, double[] parameters, double[] gradient) {
    int width = parameters.length - 1;
    double loss = 0;
    for (int d = 0; d < width; d++) {
      loss += parameters[d] * parameters[d] / (2 * c);
      gradient[d] = parameters[d] / c;
    }
    gradient[width] = 0;
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      double logit = logit(row, parameters, parameters[width]);
      double against = present[i] ? -logit : logit;
      loss += Math.max(0, against) + StrictMath.log1p(StrictMath.exp(-Math.abs(against)));
      double residual = sigmoid(logit) - (present[i] ? 1 : 0);
      for (int d = 0; d < width; d++) {
        gradient[d] += residual * row[d];
      }
      gradient[width] += residual;
    }
    return loss;
  }

  /** Returns the probability that the label is present. */
  double probability(double[] row) {
    return sigmoid(logit(row, weights, intercept));
  }

  private static double logit(double[] row, double[] weights, double intercept) {
    double sum = intercept;
    for (int d = 0; d < row.length; d++) {
      sum += row[d] * weights[d];
    }
    return sum;
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }
}
