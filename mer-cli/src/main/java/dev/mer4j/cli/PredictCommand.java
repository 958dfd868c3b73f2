package dev.mer4j.cli;

import dev.mer4j.cli.RunOnStore.Opened;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.file.OutputFile;
import dev.mer4j.report.PredictionsJson;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code mer predict} command. */
@Command(
    name = "predict",
    description =
        "Predict the emotions of segments. Writes one line of JSON per segment: id,"
            + " probabilities per emotion, predicted emotions, labels (annotated emotions),"
            + " available modalities, and attention weight per modality.")
final class PredictCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private RunOnStore given;

  @Option(
      names = "--split",
      paramLabel = "train|valid|test|none",
      description = "Split to predict. Defaults to all segments.")
  private @Nullable Split split;

  @Option(
      names = "--available",
      paramLabel = "text,audio,visual",
      converter = Converters.OfModalities.class,
      description = "Modalities that the model may use, such as text,audio. Defaults to all.")
  private ModalitySet available = ModalitySet.ALL;

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      required = true,
      description = "Output file of JSON lines.")
  private Path out;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    OutputFile output =
        given.output(out, PredictionsJson.MARK).overwriting(overwriting.isAllowed());
    output.require();
    try (Opened open = given.open()) {
      SegmentSet segments =
          split == null ? open.store().allSegments() : Stores.split(open.store(), split);
      ModalitySet read = ModalitySet.of(open.model().config().inputs().modalities());
      Predictions predictions =
          console.fromOptions(() -> open.model().predict(segments, available));
      long blind = predictions.rows().stream().filter(row -> row.available().isEmpty()).count();
      if (blind > 0) {
        console.note(
            "%d of %d segments have none of %s and are predicted without input",
            blind, predictions.size(), read.and(available));
      }
      output.write(PredictionsJson.lines(predictions));
      if (!output.isStandardOutput()) {
        console.line("%d segments predicted: %s", predictions.size(), out);
      }
    }
  }
}
