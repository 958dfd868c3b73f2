package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.cli.RunOnStore.Opened;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.PredictionSummary;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.PreparedSegments;
import dev.mer4j.file.ChannelIo;
import dev.mer4j.file.OutputFile;
import dev.mer4j.report.PredictionFormat;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
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
            + " available modalities, attention weight per modality, and the contributions of"
            + " additive fusion. To a .csv file: id, available modalities, and three columns per"
            + " emotion, its probability, prediction and label.")
final class PredictCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private RunOnStore given;

  @Option(
      names = "--split",
      paramLabel = "train|valid|test|none",
      description = "Split to predict. Defaults to all segments.")
  private @Nullable Split split;

  @Mixin private AvailableOption available;

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl|FILE.csv",
      required = true,
      description = "Output file: comma-separated values if it ends in .csv, else JSON lines.")
  private Path out;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    PredictionFormat format = PredictionFormat.of(out);
    RawData data = given.isRaw() ? given.raw(console) : null;
    OutputFile output = given.output(out, format.mark(), data).overwriting(overwriting.isAllowed());
    output.require();
    PredictionSummary summary =
        data == null
            ? predictStore(console, format, output)
            : predictRaw(console, data, format, output);
    if (!output.isStandardOutput()) {
      console.line("%d segments predicted: %s", summary.segments(), out);
    }
  }

  private PredictionSummary predictStore(
      Console console, PredictionFormat format, OutputFile output) {
    try (Opened open = given.openWithoutNotes(console)) {
      SegmentSet segments =
          split == null ? open.store().allSegments() : Stores.split(open.store(), split);
      ModelConfig model = open.model().config();
      ModalitySet seen = available.of(model);
      Predictions predictions = console.fromOptions(() -> open.model().predict(segments, seen));
      PredictionSummary summary = PredictionSummary.of(predictions);
      PredictionNotes.print(console, model, seen, summary);
      output.write(header(format, open.model()) + format.lines(predictions));
      return summary;
    }
  }

  /** Predicts while the data is read, without a store. */
  private PredictionSummary predictRaw(
      Console console, RawData data, PredictionFormat format, OutputFile output) {
    try (MultimodalModel model = given.folder().load();
        PreparedSegments segments = console.fromOptions(data.preparation().build()::open)) {
      ModalitySet seen = available.of(model.config());
      StreamedPredictions stream = new StreamedPredictions(model, seen, split);
      AtomicReference<PredictionSummary> summary = new AtomicReference<>(PredictionSummary.NONE);
      output.write(
          channel -> {
            write(channel, header(format, model));
            stream.run(
                segments,
                predictions -> {
                  summary.set(summary.get().plus(PredictionSummary.of(predictions)));
                  write(channel, format.lines(predictions));
                });
            if (split != null && summary.get().segments() == 0) {
              throw new FileException(
                  given.data(), "has no segments in the split '" + split.key() + "'");
            }
          });
      PredictionNotes.print(console, model.config(), seen, summary.get());
      if (!output.isStandardOutput()) {
        segments.coverage().omissions().forEach(each -> console.line("- %s", each.text()));
      }
      return summary.get();
    }
  }

  private static String header(PredictionFormat format, MultimodalModel model) {
    return format.header(model.config().labels(), model.temperatures().isPresent());
  }

  private static void write(WritableByteChannel channel, String text) throws IOException {
    ChannelIo.writeFully(channel, StandardCharsets.UTF_8.encode(text));
  }
}
