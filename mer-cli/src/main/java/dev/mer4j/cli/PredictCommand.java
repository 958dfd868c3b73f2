package dev.mer4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.file.AtomicFile;
import java.nio.file.Path;
import java.util.Set;
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
      StringBuilder lines = new StringBuilder();
      for (int row = 0; row < predictions.size(); row++) {
        lines.append(line(predictions, row)).append('\n');
      }
      AtomicFile.write(out, lines.toString());
      console.line("%d segments predicted: %s", predictions.size(), out);
    }
  }

  private static ObjectNode line(Predictions predictions, int row) {
    Prediction prediction = predictions.rows().get(row);
    Set<Emotion> predicted = predictions.predicted(row);
    float[] targets =
        predictions
            .scheme()
            .targets(prediction.segment().scores())
            .orElse(new float[Emotion.COUNT]);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", prediction.segment().id().toString());
    ObjectNode probabilities = json.putObject("probabilities");
    ArrayNode predictedKeys = json.putArray("predicted");
    ArrayNode labels = json.putArray("labels");
    for (Emotion emotion : Emotion.values()) {
      probabilities.put(emotion.key(), prediction.probability(emotion));
      if (predicted.contains(emotion)) {
        predictedKeys.add(emotion.key());
      }
      if (targets[emotion.ordinal()] > 0) {
        labels.add(emotion.key());
      }
    }
    ObjectNode attention = json.putObject("attention");
    for (var modality : prediction.available().toList()) {
      Double weight = prediction.attention().get(modality);
      if (weight != null) {
        attention.put(modality.key(), weight);
      }
    }
    return json;
  }
}
