package dev.mer4j.report.internal.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.Prediction;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.eval.attribution.Attribution;
import dev.mer4j.eval.study.Study;
import dev.mer4j.report.internal.chart.Escaped;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes the data of the page's explorer: for every segment {@code i} id, {@code l} labels, {@code
 * y} predictions, {@code p} probabilities, {@code a} attention or null, {@code s} Shapley values of
 * each modality or null.
 */
final class ExplorerJson {
  private ExplorerJson() {}

  /** Returns JSON for a script element: without any {@code <}. */
  static String of(Study study) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode emotions = json.putArray("emotions");
    ArrayNode modalities = json.putArray("modalities");
    study.predictions().scheme().classes().forEach(emotions::add);
    List<Modality> all = modalities(study);
    all.forEach(modality -> modalities.add(modality.key()));
    if (study.evaluation().isSingleLabel()) {
      json.putNull("thresholds");
    } else {
      numbers(json.putArray("thresholds"), study.evaluation().thresholds().perEmotion());
    }
    ArrayNode segments = json.putArray("segments");
    List<Attribution> rows = study.attributions().rows();
    for (int s = 0; s < rows.size(); s++) {
      segment(segments.addObject(), study, rows.get(s), s, all);
    }
    return json.toString().replace("<", "\\u003c");
  }

  /** Returns the modalities that a segment has and the model reads. */
  private static List<Modality> modalities(Study study) {
    TreeSet<Modality> found = new TreeSet<>();
    study.predictions().rows().forEach(row -> found.addAll(row.available().toList()));
    return List.copyOf(found);
  }

  private static void segment(
      ObjectNode json, Study study, Attribution row, int number, List<Modality> modalities) {
    Prediction prediction = row.prediction();
    json.put("i", Escaped.visible(prediction.segment().id().toString()));
    EmotionScores scores = prediction.segment().scores();
    ArrayNode labels = scores.isLabeled() ? json.putArray("l") : json.putNull("l").arrayNode();
    ArrayNode predicted = json.putArray("y");
    for (int c = 0; c < prediction.probabilities().size(); c++) {
      labels.add(study.predictions().scheme().present(scores, c) ? 1 : 0);
      predicted.add(study.predictions().predicted(number, c) ? 1 : 0);
    }
    numbers(json.putArray("p"), prediction.probabilities());
    if (prediction.attention().isEmpty()) {
      json.putNull("a");
    } else {
      ArrayNode attention = json.putArray("a");
      for (Modality modality : modalities) {
        prediction
            .attention()
            .find(modality)
            .ifPresentOrElse(weight -> attention.add(rounded(weight)), attention::addNull);
      }
    }
    ArrayNode shapley = json.putArray("s");
    for (Modality modality : modalities) {
      row.shapley()
          .find(modality)
          .ifPresentOrElse(values -> numbers(shapley.addArray(), values), shapley::addNull);
    }
  }

  private static void numbers(ArrayNode json, List<Double> values) {
    values.forEach(value -> json.add(rounded(value)));
  }

  /** Rounds to three decimals; the page shows two. */
  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
