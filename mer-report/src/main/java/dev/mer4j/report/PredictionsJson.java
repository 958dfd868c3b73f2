package dev.mer4j.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.Contributions;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.file.FileMark;
import java.util.List;
import java.util.Optional;

/** Writes predictions as JSON, one line per segment. */
public final class PredictionsJson {
  /** Identifies files of {@link #lines} by their first line. */
  public static final FileMark MARK = FileMark.jsonLines("id", "probabilities", "predicted");

  private PredictionsJson() {}

  /** Returns all lines, each with a newline at its end. */
  public static String lines(Predictions predictions) {
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < predictions.size(); row++) {
      lines.append(line(predictions, row)).append('\n');
    }
    return lines.toString();
  }

  /**
   * Returns one segment's {@code id}, {@code probabilities} by class, {@code predicted} classes,
   * {@code labels} (annotated classes of the task; null if the segment has no labels of the model),
   * {@code available} modalities and {@code attention} by modality. If the model has temperatures,
   * also {@code calibrated} probabilities by class; decisions depend on {@code probabilities} only.
   * With additive fusion also {@code contributions}: the {@code bias} by class, {@code terms} and
   * {@code relative_to_training_mean} by term and class, and {@code shapley} values by modality and
   * class.
   */
  public static ObjectNode line(Predictions predictions, int row) {
    Prediction prediction = predictions.rows().get(row);
    List<String> classes = predictions.scheme().classes();
    EmotionScores scores = prediction.segment().scores();
    boolean known = scores.labels().equals(predictions.scheme().labels());
    Optional<float[]> targets = known ? predictions.scheme().targets(scores) : Optional.empty();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", prediction.segment().id().toString());
    ObjectNode probabilities = json.putObject("probabilities");
    ArrayNode predicted = json.putArray("predicted");
    ArrayNode labels = known ? json.putArray("labels") : json.putNull("labels").arrayNode();
    for (int c = 0; c < classes.size(); c++) {
      probabilities.put(classes.get(c), prediction.probabilities().get(c));
      if (predictions.predicted(row, c)) {
        predicted.add(classes.get(c));
      }
      if (targets.isPresent() && targets.get()[c] > 0) {
        labels.add(classes.get(c));
      }
    }
    if (predictions.temperatures().isPresent()) {
      byClass(json.putObject("calibrated"), predictions.calibrated(row), classes);
    }
    ArrayNode available = json.putArray("available");
    prediction.available().toList().forEach(modality -> available.add(modality.key()));
    ObjectNode attention = json.putObject("attention");
    prediction.attention().forEach((modality, weight) -> attention.put(modality.key(), weight));
    prediction
        .contributions()
        .ifPresent(own -> contributions(json.putObject("contributions"), own, classes));
    return json;
  }

  private static void contributions(
      ObjectNode json, Contributions contributions, List<String> classes) {
    byClass(json.putObject("bias"), contributions.bias(), classes);
    ObjectNode terms = json.putObject("terms");
    ObjectNode relative = json.putObject("relative_to_training_mean");
    for (Contributions.Term term : contributions.terms()) {
      String name = term.modalities().toString();
      byClass(terms.putObject(name), term.values(), classes);
      if (!term.relative().isEmpty()) {
        byClass(relative.putObject(name), term.relative(), classes);
      }
    }
    ObjectNode shapley = json.putObject("shapley");
    contributions
        .shapley()
        .forEach((modality, values) -> byClass(shapley.putObject(modality.key()), values, classes));
  }

  private static void byClass(ObjectNode json, List<Double> values, List<String> classes) {
    for (int c = 0; c < classes.size(); c++) {
      json.put(classes.get(c), values.get(c));
    }
  }
}
