package dev.mer4j.cuda.kernel;

import dev.mer4j.core.RelativeError;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The errors ‖a−b‖/‖b‖ of a run of the kernels against the equations in double precision. */
final class Errors {
  private static final String[] TENSORS = {"W", "U", "b", "c"};

  private Errors() {}

  /** Returns the errors of the states of each direction and of the gradient of each tensor. */
  static Map<String, Double> of(Case run) {
    Map<String, Double> errors = new TreeMap<>();
    try (KernelRun kernels = new KernelRun(run)) {
      float[][] states = kernels.forward(true);
      Weights[] gradients = kernels.backward();
      for (int d = 0; d < gradients.length; d++) {
        errors.put(
            "states of direction " + d,
            RelativeError.of(half(states[d / 2], d % 2, run), expectedStates(run, d)));
        double[][] expected = expectedGradient(run, d).tensors();
        double[][] found = gradients[d].tensors();
        for (int i = 0; i < expected.length; i++) {
          errors.put(
              String.format(Locale.ROOT, "gradient of %s of direction %d", TENSORS[i], d),
              RelativeError.of(found[i], expected[i]));
        }
      }
    }
    return errors;
  }

  private static double[] expectedStates(Case run, int d) {
    double[] states = new double[run.batch() * run.hidden()];
    ReferenceDirection reference = run.reference(d, run.weights(d));
    for (int b = 0; b < run.batch(); b++) {
      double[] row = reference.state(run.row(d / 2, b));
      System.arraycopy(row, 0, states, b * row.length, row.length);
    }
    return states;
  }

  private static Weights expectedGradient(Case run, int d) {
    Weights gradient = Weights.zero(run.widths()[d / 2], run.hidden());
    ReferenceDirection reference = run.reference(d, run.weights(d));
    float[] upstream = run.upstream(d / 2);
    for (int b = 0; b < run.batch(); b++) {
      reference.differentiate(
          run.row(d / 2, b),
          RelativeError.doubles(upstream, (2 * b + d % 2) * run.hidden(), run.hidden()),
          gradient);
    }
    return gradient;
  }

  private static double[] half(float[] states, int direction, Case run) {
    double[] half = new double[run.batch() * run.hidden()];
    for (int b = 0; b < run.batch(); b++) {
      double[] row =
          RelativeError.doubles(states, (2 * b + direction) * run.hidden(), run.hidden());
      System.arraycopy(row, 0, half, b * row.length, row.length);
    }
    return half;
  }
}
