package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.RelativeError;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the kernels of attention pooling with their equations in double precision.
 *
 * <p>The tolerance is 1e-5 on ‖a−b‖/‖b‖; sums have up to 700 terms. Gradients of scores are
 * differences, so their relative error grows as a weight approaches 1.
 */
class PoolingKernelsTest {
  static Stream<PoolingRun> runs() {
    int[][] ragged = {{4, 0, 1, 9, 40}, {0, 0, 0, 0, 0}, {0, 3, 0, 0, 1}};
    return Stream.of(
        new PoolingRun(5, new int[][] {{1}}, 1, 0),
        new PoolingRun(5, new int[][] {{1, 700, 33}}, 1, 0),
        new PoolingRun(5, ragged, 0, 0),
        new PoolingRun(64, ragged, 1, 0),
        new PoolingRun(128, ragged, 1, 0),
        new PoolingRun(200, ragged, 1, 0),
        new PoolingRun(256, new int[][] {{2, 17}}, 1, 0));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("runs")
  void statesAndGradientsEqualTheEquations(PoolingRun run) {
    List<PoolingRun.Result> results = run.run();
    for (int m = 0; m < results.size(); m++) {
      PoolingRun.Result found = results.get(m);
      PoolingRun.Result expected = run.expected(m);
      assertClose(found.states(), expected.states());
      assertClose(found.vector(), expected.vector());
      assertClose(found.outputs()[0], expected.outputs()[0]);
      assertClose(found.outputs()[1], expected.outputs()[1]);
    }
  }

  private static void assertClose(double[] found, double[] expected) {
    assertThat(RelativeError.of(found, expected)).isLessThan(1e-5);
  }

  @Test
  void largeScoresSelectOneStep() {
    PoolingRun run = new PoolingRun(20, new int[][] {{9, 40}}, 1e4, 0);
    PoolingRun.Result found = run.run().get(0);
    assertClose(found.states(), run.expected(0).states());
    assertThat(found.vector()).doesNotContain(Double.NaN);
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
