package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.report.EvaluationReport;
import dev.mer4j.eval.report.MetricsJson;
import dev.mer4j.eval.report.ReportWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mer evaluate}. */
@Command(
    name = "evaluate",
    description = "Judge a trained model beside constant predictors; the report is in RUN/report.")
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "The folder that train wrote to.")
  private Path run;

  @Parameters(index = "1", paramLabel = "STORE", description = "What prepare wrote.")
  private Path store;

  @Option(
      names = "--split",
      paramLabel = "train|valid|test|none",
      defaultValue = "test",
      description = "Which segments (${DEFAULT-VALUE}).")
  private Split split;

  @Option(
      names = "--missing-grid",
      description =
          "Judge it with every set of modalities too, the same one for all segments"
              + " (protocol \"fixed\"; seven sets of three modalities).")
  private boolean missingGrid;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public void run() {
    Console console = new Console(spec);
    RunFolder folder = new RunFolder(run);
    try (SegmentStore open = SegmentStore.open(store);
        MultimodalModel model = folder.load()) {
      Judging judging = new Judging(model, open, split);
      Evaluation evaluation = judging.evaluation();
      if (missingGrid) {
        ModalityTable table = judging.modalities();
        ReportWriter.write(folder.report(), evaluation, table);
        if (json) {
          console.json(MetricsJson.of(evaluation, table));
        } else {
          console.text(EvaluationReport.of(evaluation, table).toText());
        }
      } else {
        ReportWriter.write(folder.report(), evaluation);
        if (json) {
          console.json(MetricsJson.of(evaluation));
        } else {
          console.text(EvaluationReport.of(evaluation).toText());
        }
      }
      if (!json) {
        console.line("");
        console.line("report: %s", folder.report());
      }
    }
  }
}
