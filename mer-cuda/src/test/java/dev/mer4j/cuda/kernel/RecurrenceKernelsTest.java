package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.RelativeError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the kernels with the equations of the LSTM in double precision.
 *
 * <p>The tolerance is 1e-5 on ‖a−b‖/‖b‖; the error of single precision is about 1e-7 per step.
 */
class RecurrenceKernelsTest {
  private static final double TOLERANCE = 1e-5;
  private static final int[] RAGGED = {4, 0, 1, 9, 2, 9, 3};

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (boolean cluster : new boolean[] {false, true}) {
      for (int hidden : new int[] {64, 128, 256, 5, 100, 200}) {
        if (cluster && hidden <= 64) {
          continue;
        }
        Case base = Case.of(hidden, cluster);
        cases.add(base.with(3, 1));
        cases.add(base.with(5, 6).with(2, 0).with(7, 3));
        cases.add(base.with(7, RAGGED).groupRows(4));
        cases.add(base.with(3, 1, 1, 1).with(11, 0, 5, 2).with(4, 0, 0, 0).groupRows(16).slices(3));
      }
    }
    cases.add(Case.of(128, false).with(5, RAGGED).residents(1));
    cases.add(Case.of(128, false).with(5, RAGGED).residents(4));
    cases.add(Case.of(256, false).with(5, RAGGED).residents(9));
    cases.add(Case.of(128, true).with(300, 9, 3).with(74, 5, 0).products("_3xtf32"));
    cases.add(Case.of(64, false).with(33, RAGGED).slices(3).products("_3xtf32"));
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void statesAndGradientsEqualTheEquations(Case run) {
    assertThat(Errors.of(run))
        .allSatisfy((what, error) -> assertThat(error).as(what).isLessThan(TOLERANCE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("races")
  void inferenceIsBitIdenticalToTraining(Case run) {
    try (KernelRun training = new KernelRun(run);
        KernelRun inference = new KernelRun(run)) {
      assertThat(inference.forward(false)).isDeepEqualTo(training.forward(true));
    }
  }

  static Stream<Case> races() {
    return Stream.of(
        Case.of(64, false).with(7, RAGGED).groupRows(4),
        Case.of(128, false).with(7, RAGGED).groupRows(4).residents(2),
        Case.of(128, true).with(7, RAGGED).groupRows(4),
        Case.of(256, false).with(7, RAGGED),
        Case.of(256, true).with(7, RAGGED).groupRows(4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("races")
  void resultsDoNotDependOnTheOrderOfThreads(Case run) {
    double[][] expected = everything(run);
    for (int seed = 1; seed <= 2; seed++) {
      assertThat(everything(run.order(seed))).isDeepEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("races")
  void resultsDoNotDependOnTheGroups(Case run) {
    assertThat(everything(run.groupRows(16))).isDeepEqualTo(everything(run.groupRows(2)));
  }

  static Stream<Case> small() {
    return Stream.of(
        Case.of(5, false).with(3, 4, 0, 1, 2).with(2, 0, 2, 0, 1), Case.of(65, true).with(2, 3, 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("small")
  void gradientsEqualFiniteDifferencesOfTheEquations(Case run) {
    try (KernelRun kernels = new KernelRun(run)) {
      kernels.forward(true);
      Weights[] gradients = kernels.backward();
      for (int d = 0; d < gradients.length; d++) {
        Weights moved = run.weights(d);
        for (int tensor = 0; tensor < 4; tensor++) {
          double[] found = gradients[d].tensors()[tensor];
          int[] some = some(found.length);
          double[] expected = finiteDifferences(run, d, moved, moved.tensors()[tensor], some);
          assertThat(
                  RelativeError.of(
                      IntStream.of(some).mapToDouble(i -> found[i]).toArray(), expected))
              .isLessThan(TOLERANCE);
        }
      }
    }
  }

  /** Returns about 400 of the indices below {@code count}. */
  private static int[] some(int count) {
    int stride = Math.max(1, count / 400);
    return IntStream.range(0, count).filter(i -> i % stride == 0).toArray();
  }

  private static double[] finiteDifferences(
      Case run, int d, Weights moved, double[] tensor, int[] some) {
    double step = 1e-5;
    double[] differences = new double[some.length];
    for (int n = 0; n < some.length; n++) {
      double original = tensor[some[n]];
      tensor[some[n]] = original + step;
      double above = objective(run, d, moved);
      tensor[some[n]] = original - step;
      differences[n] = (above - objective(run, d, moved)) / (2 * step);
      tensor[some[n]] = original;
    }
    return differences;
  }

  private static double objective(Case run, int d, Weights weights) {
    double sum = 0;
    float[] upstream = run.upstream(d / 2);
    for (int b = 0; b < run.batch(); b++) {
      double[] state = run.reference(d, weights).state(run.row(d / 2, b));
      for (int j = 0; j < state.length; j++) {
        sum += state[j] * upstream[(2 * b + d % 2) * state.length + j];
      }
    }
    return sum;
  }

  /** Returns the states, then the gradients, in double precision. */
  private static double[][] everything(Case run) {
    try (KernelRun kernels = new KernelRun(run)) {
      List<double[]> all = new ArrayList<>();
      for (float[] states : kernels.forward(true)) {
        all.add(RelativeError.doubles(states));
      }
      for (Weights gradient : kernels.backward()) {
        all.addAll(List.of(gradient.tensors()));
      }
      return all.toArray(double[][]::new);
    }
  }
}
