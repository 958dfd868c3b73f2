package dev.mer4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.statistics.Comparison;
import dev.mer4j.eval.study.TrainingOverlap;
import dev.mer4j.report.ComparisonReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer compare} command. */
@Command(
    name = "compare",
    description =
        "Compare two trained models on the same segments, with paired confidence"
            + " intervals and significance tests.")
final class CompareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RUN_A",
      description = "Folder of the first run, written" + " by train.")
  private Path runA;

  @Parameters(index = "1", paramLabel = "RUN_B", description = "Folder of the second run.")
  private Path runB;

  @Parameters(index = "2", paramLabel = "STORE", description = "Store written by prepare.")
  private Path store;

  @Mixin private EvaluatedSplit split;

  @Option(names = "--json", description = "Print the result as one JSON document.")
  private boolean json;

  @Override
  public void run() {
    Console console = new Console(spec);
    try (SegmentStore open = SegmentStore.open(store)) {
      SegmentSet segments = Stores.split(open, split.get());
      Predictions a = predict(runA, segments);
      Predictions b = predict(runB, segments);
      Comparison comparison = Comparison.of(a, b);
      List<String> warnings = new ArrayList<>();
      warn(runA, segments, "A", warnings);
      warn(runB, segments, "B", warnings);
      if (json) {
        warnings.forEach(warning -> console.note("%s", warning));
        ObjectNode document = ComparisonReport.json(comparison);
        warnings.forEach(document.putArray("warnings")::add);
        console.json(document);
      } else {
        warnings.forEach(warning -> console.line("%s\n", warning));
        console.text(ComparisonReport.of(comparison).toText());
      }
    }
  }

  private static void warn(Path run, SegmentSet segments, String name, List<String> warnings) {
    TrainingOverlap.of(new RunFolder(run).provenance(), segments)
        .flatMap(TrainingOverlap::warning)
        .ifPresent(warning -> warnings.add(name + ": " + warning));
  }

  private static Predictions predict(Path run, SegmentSet segments) {
    try (MultimodalModel model = new RunFolder(run).load()) {
      model.config().labels().requireLabels(segments.labels());
      return model.predict(segments);
    }
  }
}
