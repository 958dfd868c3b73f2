package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the kernels of attention pooling with their equations in double precision.
 *
 * <p>The tolerance is 1e-5 on ‖a−b‖/‖b‖, times the scale of v if that is above 1: the error of a
 * score is a relative error of its weight.
 */
class PoolingKernelsTest {
  static Stream<PoolingRun> runs() {
    int[][] ragged = {{4, 0, 1, 9, 40}, {0, 0, 0, 0, 0}, {0, 3, 0, 0, 1}};
    return Stream.of(
        new PoolingRun(5, new int[][] {{1}}, 1, 0),
        new PoolingRun(5, new int[][] {{1, 700, 33}}, 1, 0),
        new PoolingRun(5, ragged, 0, 0),
        new PoolingRun(64, ragged, 1, 0),
        new PoolingRun(128, ragged, 100, 0),
        new PoolingRun(200, ragged, 1, 0),
        new PoolingRun(256, new int[][] {{2, 17}}, 1, 0));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("runs")
  void statesAndGradientsEqualTheEquations(PoolingRun run) {
    double tolerance = 1e-5 * Math.max(1, run.scale());
    List<PoolingRun.Result> results = run.run();
    for (int m = 0; m < results.size(); m++) {
      PoolingRun.Result found = results.get(m);
      PoolingRun.Result expected = run.expected(m);
      assertThat(Distance.relative(found.states(), expected.states())).isLessThan(tolerance);
      assertThat(Distance.relative(found.vector(), expected.vector())).isLessThan(tolerance);
      for (int direction = 0; direction < 2; direction++) {
        double[] outputs = found.outputs()[direction];
        assertThat(Distance.relative(outputs, expected.outputs()[direction])).isLessThan(tolerance);
      }
    }
  }

  @ParameterizedTest(name = "order {0}")
  @ValueSource(ints = {1, 2, 3})
  void resultsDoNotDependOnTheOrderOfThreads(int seed) {
    int[][] lengths = {{40, 0, 7}, {1, 19, 0}};
    assertThat(new PoolingRun(20, lengths, 1, seed).run())
        .usingRecursiveComparison()
        .isEqualTo(new PoolingRun(20, lengths, 1, 0).run());
  }
}
