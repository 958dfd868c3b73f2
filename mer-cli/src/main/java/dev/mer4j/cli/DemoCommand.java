package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Split;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationBuilder;
import dev.mer4j.data.store.PrepareOptions;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.eval.study.Study;
import dev.mer4j.file.OutputFile;
import dev.mer4j.report.EvaluationReport;
import dev.mer4j.report.ReportWriter;
import dev.mer4j.train.Preset;
import dev.mer4j.train.TrainerConfig;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code mer demo} command. */
@Command(
    name = "demo",
    description =
        "Run the whole workflow once on synthetic CMU-MOSEI-like files with the real feature"
            + " widths.")
final class DemoCommand implements Runnable {
  /** Shortens all durations to a fifth, to keep the files small. */
  private static final double PACE = 0.2;

  private static final int SEGMENTS_PER_VIDEO = 7;

  /** Keeps training within a minute; pooled steps still cover whole segments. */
  private static final PrepareOptions PREPARE =
      new PrepareOptions(SampleUnit.SEGMENT, 16, Truncation.POOL, SanitizeOptions.DEFAULT);

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "mer-demo",
      description = "Output folder; an earlier demo's is replaced. Defaults to ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "6",
      description = "Number of training epochs. Defaults to ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--segments",
      paramLabel = "N",
      defaultValue = "1600",
      description = "Approximate number of segments to generate. Defaults to ${DEFAULT-VALUE}.")
  private int segments;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of all random numbers. Defaults to ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public void run() {
    Console console = new Console(spec);
    SyntheticMosei.Builder synthetic =
        SyntheticMosei.builder()
            .videos((int) Math.ceil((double) segments / SEGMENTS_PER_VIDEO))
            .durationFactor(PACE)
            .seed(seed);
    TrainerConfig training =
        console.fromOptions(
            () -> Preset.ROBUST.trainer().toBuilder().epochs(epochs).seed(seed).build());
    console.fromOptions(synthetic::build);
    DemoFolder folder = new DemoFolder(out);
    folder.begin();

    heading(console, "1. Synthetic CMU-MOSEI-like files");
    SynthCommand.write(console, synthetic, folder.data());

    heading(console, "2. Prepare: segment, sanitize, store");
    DataFolder data = DataFolder.of(folder.data(), new FileOptions(), null);
    PreparationBuilder settings = Preparation.builder(data.files()).options(PREPARE).strict(true);
    OutputFile output = OutputFile.of(folder.store(), SegmentStore.MARK);
    PrepareCommand.prepare(console, data, settings, output);

    heading(console, "3. Train");
    try (SegmentStore store = SegmentStore.open(folder.store())) {
      RunConfig config =
          RunConfig.of(Preset.ROBUST, store.widths(), store.info().labels())
              .with(training)
              .resolved();
      new Training(folder.run(), config, false, false).run(console, store);

      heading(console, "4. Evaluate on the test split");
      try (MultimodalModel model = folder.run().load()) {
        Study study = RunStudy.study(folder.run(), model, store, Split.TEST, true);
        List<Path> files = ReportWriter.write(folder.run().report(), study);
        console.text(EvaluationReport.of(study).toText());

        heading(console, "5. Result");
        DemoSummary.of(study.evaluation(), study.missing().orElseThrow().fixed())
            .forEach(line -> console.line("%s", line));
        console.line("");
        files.forEach(file -> console.line("%s", file));
        console.line("%s", folder.run().model());
      }
    }
  }

  private static void heading(Console console, String title) {
    console.line("\n%s\n%s", title, "=".repeat(title.length()));
  }
}
