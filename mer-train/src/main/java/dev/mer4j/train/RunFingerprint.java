package dev.mer4j.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.file.Sha256;
import dev.mer4j.train.Schedule.Decay;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.internal.DataDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Computes the fingerprint of a run: all settings and digests of the data. */
final class RunFingerprint {
  private static final String FITTED_THRESHOLDS = "training.fittedThresholds";

  /** Settings that may change when a run is resumed, because no epoch depends on them. */
  private static final Set<String> FREE =
      Set.of(
          "training.epochs",
          "training.selection.patience",
          "training.selection.consecutive",
          "training.checkpointEvery",
          "training.checkpointMinutes",
          "training.checkpointsKept",
          "training.maxSkipped");

  /**
   * Settings that earlier versions lack; their defaults are omitted, so that runs can be resumed.
   */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "training.modalityDropoutUnit",
          "segment",
          "training.bucketed",
          "true",
          "training.standardized",
          "true",
          "training.ema",
          "0.0",
          FITTED_THRESHOLDS,
          "true",
          "model.paddedBatch",
          "0");

  private static final ObjectMapper JSON = new ObjectMapper();

  private RunFingerprint() {}

  static Fingerprint of(
      TrainerConfig config,
      MultimodalModel model,
      @Nullable Standardization given,
      TrainingSplit train,
      ValidationSplit valid) {
    Map<String, String> facts = new TreeMap<>();
    flatten("training", JSON.valueToTree(config), facts);
    flatten("model", JSON.valueToTree(model.config()), facts);
    labels(model.config().labels(), facts);
    DEFAULTS.forEach((setting, value) -> facts.remove(setting, value));
    facts.keySet().removeAll(FREE);
    if (model.config().labels().task() == Task.SINGLE_LABEL) {
      facts.remove(FITTED_THRESHOLDS); // fitted after the last epoch only
    }
    if (config.schedule().decay() != Decay.NONE) {
      facts.put("training.epochs", String.valueOf(config.epochs()));
    }
    facts.put("backend", model.backend());
    facts.put("parameters", String.valueOf(model.parameters().size()));
    facts.put("standardization", given == null ? "fitted on the training data" : digest(given));
    facts.put("training data", describe(train));
    facts.put("validation data", describe(valid));
    return new Fingerprint(facts);
  }

  /** Adds nothing for the default, as earlier versions did, so that their runs can be resumed. */
  private static void labels(LabelSet labels, Map<String, String> facts) {
    facts.remove("model.labels.threshold");
    if (labels.threshold() != 0) {
      facts.put("model.labels.threshold", String.valueOf(labels.threshold()));
    }
    if (!labels.labels().equals(Emotion.MOSEI)) {
      facts.put("model.labels.labels", labels.labels().toString());
    }
  }

  private static void flatten(String name, JsonNode node, Map<String, String> facts) {
    if (node.isValueNode()) {
      facts.put(name, node.asText());
      return;
    }
    node.properties().forEach(f -> flatten(name + "." + f.getKey(), f.getValue(), facts));
  }

  /** Digests the numbers' bits, because decimal formatting differs between Java releases. */
  private static String digest(Standardization given) {
    Sha256 sha256 = new Sha256();
    given
        .columns()
        .forEach(
            (modality, columns) -> {
              sha256.put(modality.key()).put(columns.width());
              for (int d = 0; d < columns.width(); d++) {
                sha256.put(columns.mean()[d]).put(columns.scale()[d]);
              }
            });
    return sha256.hex();
  }

  private static String describe(SegmentSet segments) {
    long videos =
        IntStream.range(0, segments.size())
            .mapToObj(s -> segments.info(s).id().video())
            .distinct()
            .count();
    return String.format(
        Locale.ROOT,
        "%d segments of %d videos with SHA-256 %s",
        segments.size(),
        videos,
        DataDigest.of(segments));
  }
}
