package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.statistics.Comparison;
import dev.mer4j.report.ComparisonReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mer compare}. */
@Command(
    name = "compare",
    description = "Judge two trained models on the same segments, with paired intervals and tests.")
final class CompareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN_A", description = "A folder that train wrote to.")
  private Path runA;

  @Parameters(index = "1", paramLabel = "RUN_B", description = "Another one.")
  private Path runB;

  @Parameters(index = "2", paramLabel = "STORE", description = "What prepare wrote.")
  private Path store;

  @Mixin private JudgedSplit split;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many times videos are drawn, at least 100 (${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Where the draws come from (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public void run() {
    Console console = new Console(spec);
    try (SegmentStore open = SegmentStore.open(store)) {
      SegmentSet segments = Stores.split(open, split.get());
      Predictions a = predict(runA, segments);
      Predictions b = predict(runB, segments);
      Comparison comparison = console.fromOptions(() -> Comparison.of(a, b, resamples, seed));
      if (json) {
        console.json(ComparisonReport.json(comparison));
      } else {
        console.text(ComparisonReport.of(comparison).toText());
      }
    }
  }

  private static Predictions predict(Path run, SegmentSet segments) {
    try (MultimodalModel model = new RunFolder(run).load()) {
      return model.predict(segments);
    }
  }
}
