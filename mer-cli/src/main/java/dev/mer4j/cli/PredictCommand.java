package dev.mer4j.cli;

import dev.mer4j.cli.RunOnStore.Opened;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
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

  @Option(
      names = "--available",
      paramLabel = "text,audio,visual",
      converter = Converters.OfModalities.class,
      description = "Modalities that the model may use, such as text,audio. Defaults to all.")
  private @Nullable ModalitySet available;

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
    PredictionCounts counts = new PredictionCounts();
    if (data == null) {
      predictStore(console, format, output, counts);
    } else {
      predictRaw(console, data, format, output, counts);
    }
    if (!output.isStandardOutput()) {
      console.line("%d segments predicted: %s", counts.segments(), out);
    }
  }

  private void predictStore(
      Console console, PredictionFormat format, OutputFile output, PredictionCounts counts) {
    try (Opened open = given.open(console)) {
      SegmentSet segments =
          split == null ? open.store().allSegments() : Stores.split(open.store(), split);
      ModalitySet seen = seen(open.model());
      Predictions predictions = console.fromOptions(() -> open.model().predict(segments, seen));
      counts.add(predictions);
      counts.print(console, seen);
      output.write(header(format, open.model()) + format.lines(predictions));
    }
  }

  /** Predicts while the data is read, without a store. */
  private void predictRaw(
      Console console,
      RawData data,
      PredictionFormat format,
      OutputFile output,
      PredictionCounts counts) {
    try (MultimodalModel model = given.folder().load();
        PreparedSegments segments = console.fromOptions(data.preparation().build()::open)) {
      ModalitySet seen = seen(model);
      StreamedPredictions stream = new StreamedPredictions(model, seen, split);
      output.write(
          channel -> {
            write(channel, header(format, model));
            stream.run(
                segments,
                predictions -> {
                  counts.add(predictions);
                  write(channel, format.lines(predictions));
                });
          });
      ModalityNotes.print(console, model, stream.present());
      counts.print(console, seen);
      if (!output.isStandardOutput()) {
        segments.coverage().omissions().forEach(each -> console.line("- %s", each.text()));
      }
    }
  }

  private static String header(PredictionFormat format, MultimodalModel model) {
    return format.header(model.config().labels(), model.temperatures().isPresent());
  }

  private static void write(WritableByteChannel channel, String text) throws IOException {
    ChannelIo.writeFully(channel, StandardCharsets.UTF_8.encode(text));
  }

  private ModalitySet seen(MultimodalModel model) {
    ModalitySet read = ModalitySet.of(model.config().inputs().modalities());
    ModalitySet seen = available == null ? read : available;
    requireRead(seen, read);
    return seen;
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
