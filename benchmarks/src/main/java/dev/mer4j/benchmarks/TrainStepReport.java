package dev.mer4j.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link TrainStepBenchmark} and prints the step relative to its floor and its encoders.
 * Accepts JMH's options.
 */
public final class TrainStepReport {
  private TrainStepReport() {}

  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(arguments))
            .include(TrainStepBenchmark.class.getName())
            .include(ProductBenchmark.class.getName())
            .build();
    Collection<RunResult> results = new Runner(options).run();
    double product =
        Math.min(median(results, "sgemmOfNd4j", null), median(results, "sgemmOfOneDnn", null));
    double rate = 2 * Math.pow(ProductBenchmark.SIZE, 3) / product / 1e6;
    double flops = Recipe.usefulFlops(Recipe.BATCH, Recipe.STEPS);
    double floor = flops / rate / 1e6;
    System.out.printf(
        Locale.ROOT,
        """

        One training step: batch %d, %d steps in every row, three modalities; medians.

        %-46s %9.1f ms
        """,
        Recipe.BATCH,
        Recipe.STEPS,
        String.format(
            Locale.ROOT, "floor: %.1f GFLOP at %.0f GFLOP/s (best sgemm)", flops / 1e9, rate),
        floor);
    for (String backend : List.of("native", "java", "onednn")) {
      double encoders = median(results, "encoders", backend);
      double step = median(results, "step", backend);
      System.out.printf(
          Locale.ROOT,
          """
          %-46s %9.1f ms   %.2f of the floor
          %-46s %9.1f ms   %.2f of the floor, %.2f of the encoders
          """,
          backend + ": encoders, forward and backward",
          encoders,
          encoders / floor,
          backend + ": complete step, with head, clipping, AdamW",
          step,
          step / floor,
          step / encoders);
    }
  }

  private static double median(
      Collection<RunResult> results, String benchmark, @Nullable String backend) {
    return results.stream()
        .filter(r -> r.getParams().getBenchmark().endsWith("." + benchmark))
        .filter(r -> backend == null || backend.equals(r.getParams().getParam("backend")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(benchmark + " did not run"))
        .getPrimaryResult()
        .getStatistics()
        .getPercentile(50);
  }
}
