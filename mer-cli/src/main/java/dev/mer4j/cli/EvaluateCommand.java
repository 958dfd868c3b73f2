package dev.mer4j.cli;

import dev.mer4j.cli.RunOnStore.Opened;
import dev.mer4j.eval.study.Study;
import dev.mer4j.eval.study.TrainingOverlap;
import dev.mer4j.file.OutputFolder;
import dev.mer4j.report.EvaluationReport;
import dev.mer4j.report.ReportWriter;
import dev.mer4j.report.StudyJson;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code mer evaluate} command. */
@Command(
    name = "evaluate",
    description = "Evaluate a trained model against constant predictors and write a report.")
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private RunOnStore given;

  @Mixin private EvaluatedSplit split;

  @Option(
      names = "--missing-grid",
      description =
          "Also evaluate with missing input: every set of modalities (protocol \"fixed\"),"
              + " modalities missing at random (\"random-modality\") and masked steps (\"frame\").")
  private boolean missingGrid;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the report. Defaults to RUN/report.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print the result as one JSON document.")
  private boolean json;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    try (Opened open = given.open(console)) {
      OutputFolder report =
          OutputFolder.of(open.folder().report(out)).overwriting(overwriting.isAllowed());
      report.require(ReportWriter.FILES);
      Study study =
          RunStudy.study(open.folder(), open.model(), open.store(), split.get(), missingGrid);
      List<Path> files = ReportWriter.write(report, study);
      if (json) {
        study.seen().flatMap(TrainingOverlap::warning).ifPresent(each -> console.note("%s", each));
        console.json(StudyJson.of(study));
      } else {
        console.text(EvaluationReport.of(study).toText());
        console.line("");
        console.line("report: %s", files.get(0));
      }
    }
  }
}
