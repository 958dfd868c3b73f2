package dev.mer4j.cli;

import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.benchmark.BenchmarkMasks;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the benchmark's masks. */
final class ConditionOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the masks. Defaults to ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--conditions",
      paramLabel = "NAME",
      split = ",",
      description =
          "Protocols, such as fixed, or single conditions, such as frame:0.35 or"
              + " imbalanced:text=0.2+audio=0.5+visual=0.8, separated by commas. Defaults to all"
              + " protocols.")
  private List<String> conditions = List.of();

  /** Returns the masks of these segments. */
  BenchmarkMasks masks(Console console, SegmentSet segments) {
    return console.fromOptions(() -> BenchmarkMasks.of(seed, segments, conditions));
  }
}
