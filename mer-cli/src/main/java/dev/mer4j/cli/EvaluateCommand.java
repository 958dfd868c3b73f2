package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.report.EvaluationReport;
import dev.mer4j.eval.report.ReportWriter;
import dev.mer4j.eval.report.StudyJson;
import dev.mer4j.eval.study.Study;
import java.nio.file.Path;
import java.util.List;
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
          "Judge it with input missing too: every set of modalities (protocol \"fixed\"), modalities"
              + " lost at random (\"random-modality\") and steps erased (\"frame\").")
  private boolean missingGrid;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public void run() {
    Console console = new Console(spec);
    RunFolder folder = new RunFolder(run);
    try (SegmentStore open = SegmentStore.open(store);
        MultimodalModel model = folder.load()) {
      Study study = Studying.study(folder, model, open, split, missingGrid);
      List<Path> files = ReportWriter.write(folder.report(), study);
      if (json) {
        console.json(StudyJson.of(study));
      } else {
        console.text(EvaluationReport.of(study).toText());
        console.line("");
        console.line("report: %s", files.get(0));
      }
    }
  }
}
