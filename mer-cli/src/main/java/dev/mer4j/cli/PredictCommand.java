package dev.mer4j.cli;

import dev.mer4j.cli.RunOnStore.Opened;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.file.OutputFile;
import dev.mer4j.report.PredictionsJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code mer predict} command. */
@Command(
    name = "predict",
    description =
        "Predict the emotions of segments. Writes one line of JSON per segment: id,"
            + " probabilities per emotion, predicted emotions, labels (annotated emotions),"
            + " available modalities, attention weight per modality, and the contributions of"
            + " additive fusion.")
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
  private @Nullable ModalitySet available;

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
      ModalitySet seen = available == null ? read : available;
      requireRead(seen, read);
      Predictions predictions = console.fromOptions(() -> open.model().predict(segments, seen));
      long blind = predictions.rows().stream().filter(row -> row.available().isEmpty()).count();
      if (blind > 0) {
        console.note(
            "%d of %d segments have none of %s and are predicted without input",
            blind, predictions.size(), seen);
      }
      output.write(PredictionsJson.lines(predictions));
      if (!output.isStandardOutput()) {
        console.line("%d segments predicted: %s", predictions.size(), out);
      }
    }
  }

  private void requireRead(ModalitySet seen, ModalitySet read) {
    List<String> unread =
        seen.toList().stream().filter(each -> !read.contains(each)).map(Modality::key).toList();
    if (!unread.isEmpty() && !seen.and(read).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT,
              "--available %s: the model reads %s",
              String.join(",", unread),
              String.join(",", read.toList().stream().map(Modality::key).toList())));
    }
  }
}
