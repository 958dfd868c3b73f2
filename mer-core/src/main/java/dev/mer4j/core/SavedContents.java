package dev.mer4j.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelFolder.Contents;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.internal.io.FormerNames;
import dev.mer4j.core.internal.io.JsonFields;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code config.json} in the form that {@link ModelFolder#save} writes. Jackson's databind
 * reads the same, but needs a large part of the time in which a new JVM loads a model.
 */
final class SavedContents {
  private SavedContents() {}

  /**
   * Returns the contents; empty if they have another form or are invalid. Databind reads the forms
   * of older versions, and describes what is invalid.
   */
  static Optional<Contents> read(JsonNode json) {
    try {
      JsonFields fields = new JsonFields(json);
      Contents contents = contents(fields);
      fields.requireAllRead();
      return Optional.of(contents);
    } catch (JsonFields.FormException | ConfigException e) {
      return Optional.empty();
    }
  }

  private static Contents contents(JsonFields json) {
    return new Contents(
        json.integer("format"),
        model(json.object("model")),
        thresholds(json.object("thresholds")),
        json.has("temperatures") ? json.numbers("temperatures") : List.of(),
        bySet(json, "temperaturesBySet"),
        "",
        FormerNames.backend(json.text("backend")),
        json.text("function"));
  }

  private static ModelConfig model(JsonFields json) {
    return new ModelConfig(
        inputs(json.integersByKey("inputs")),
        json.integer("hidden"),
        json.has("pooling") ? Pooling.of(json.text("pooling")) : Pooling.LAST,
        fusion(json.object("fusion")),
        json.integer("headHidden"),
        json.number("headDropout"),
        labels(json.object("labels")),
        json.integer("paddedBatch"));
  }

  private static PerModality<Integer> inputs(Map<String, Integer> widths) {
    Map<Modality, Integer> inputs = new HashMap<>();
    for (Map.Entry<String, Integer> each : widths.entrySet()) {
      inputs.put(Modality.of(each.getKey()), each.getValue());
    }
    return PerModality.of(inputs);
  }

  private static Fusion fusion(JsonFields json) {
    String kind = json.text("kind");
    return switch (kind) {
      case "concatenation" -> Fusion.concatenation();
      case "attention" -> new Fusion.Attention(json.integer("width"));
      case "attention-sum" -> Fusion.attentionSum();
      case "additive" -> Fusion.additive(json.integer("order"));
      default -> throw new ConfigException("unknown fusion: " + kind);
    };
  }

  private static LabelSet labels(JsonFields json) {
    List<Emotion> labels = new ArrayList<>();
    for (String key : json.texts("labels")) {
      labels.add(Emotion.of(key));
    }
    return new LabelSet(
        labels, task(json.text("task")), (float) json.number("threshold"), ties(json.text("ties")));
  }

  private static Task task(String key) {
    return switch (key) {
      case "multi_label" -> Task.MULTI_LABEL;
      case "single_label" -> Task.SINGLE_LABEL;
      default -> throw new ConfigException("unknown task: " + key);
    };
  }

  private static TieRule ties(String key) {
    return switch (key) {
      case "first_column" -> TieRule.FIRST_COLUMN;
      case "leave_out" -> TieRule.LEAVE_OUT;
      case "none_class" -> TieRule.NONE_CLASS;
      default -> throw new ConfigException("unknown tie rule: " + key);
    };
  }

  private static Thresholds thresholds(JsonFields json) {
    return new Thresholds(json.numbers("perEmotion"), bySet(json, "bySet"));
  }

  private static Map<ModalitySet, List<Double>> bySet(JsonFields json, String key) {
    Map<ModalitySet, List<Double>> bySet = new HashMap<>();
    if (json.has(key)) {
      for (Map.Entry<String, List<Double>> each : json.numbersByKey(key).entrySet()) {
        bySet.put(ModalitySetKey.parse(each.getKey()), each.getValue());
      }
    }
    return bySet;
  }
}
