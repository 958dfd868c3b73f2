package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.report.PredictionsJson;
import dev.mer4j.file.AtomicFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mer predict}. */
@Command(
    name = "predict",
    description =
        "Predict segments; writes a line of JSON for each: id, probabilities by emotion, predicted,"
            + " labels (the emotions that annotators saw) and attention by modality.")
final class PredictCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "The folder that train wrote to.")
  private Path run;

  @Parameters(index = "1", paramLabel = "STORE", description = "What prepare wrote.")
  private Path store;

  @Option(
      names = "--split",
      paramLabel = "train|valid|test|none",
      description = "Which segments; all unless told.")
  private @Nullable Split split;

  @Option(
      names = "--available",
      paramLabel = "text,audio,visual",
      converter = Converters.OfModalities.class,
      description = "What the model may see of each segment; all it has unless told.")
  private ModalitySet available = ModalitySet.ALL;

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      required = true,
      description = "Where to write the lines.")
  private Path out;

  @Override
  public void run() {
    Console console = new Console(spec);
    try (SegmentStore open = SegmentStore.open(store);
        MultimodalModel model = new RunFolder(run).load()) {
      SegmentSet segments = split == null ? open.all() : Stores.split(open, split);
      Predictions predictions = model.predict(segments, available);
      AtomicFile.write(out, PredictionsJson.lines(predictions));
      console.line("%d segments predicted: %s", predictions.size(), out);
    }
  }
}
