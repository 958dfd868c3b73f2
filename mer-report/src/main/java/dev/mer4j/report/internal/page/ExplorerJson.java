package dev.mer4j.report.internal.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.Contributions;
import dev.mer4j.core.Prediction;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.attribution.Attribution;
import dev.mer4j.eval.study.Study;
import dev.mer4j.report.internal.chart.Escaped;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the data of the page's explorer: for every segment {@code i} id, {@code l} labels, {@code
 * y} predictions, {@code p} probabilities, {@code a} attention or null, {@code s} Shapley values of
 * each modality or null, {@code h} the index of its thresholds, and with additive fusion {@code t}
 * values of each term or null.
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
    List<List<Double>> thresholds = thresholds(study);
    if (study.evaluation().isSingleLabel()) {
      json.putNull("thresholds");
    } else {
      ArrayNode sets = json.putArray("thresholds");
      thresholds.forEach(own -> numbers(sets.addArray(), own));
    }
    List<ModalitySet> terms = terms(study, json);
    ArrayNode segments = json.putArray("segments");
    List<Attribution> rows = study.attributions().rows();
    for (int s = 0; s < rows.size(); s++) {
      ObjectNode segment = segments.addObject();
      segment(segment, study, rows.get(s), s, all);
      segment.put("h", thresholds.indexOf(thresholds(study, rows.get(s))));
      if (!terms.isEmpty()) {
        terms(segment.putArray("t"), rows.get(s).prediction(), terms);
      }
    }
    return json.toString().replace("<", "\\u003c");
  }

  /** Returns the thresholds of the sets of modalities that segments have. */
  private static List<List<Double>> thresholds(Study study) {
    return study.attributions().rows().stream()
        .map(row -> thresholds(study, row))
        .distinct()
        .toList();
  }

  private static List<Double> thresholds(Study study, Attribution row) {
    return study.evaluation().thresholds().of(row.prediction().available());
  }

  /** Those of CMU-MOSEI, and others that a segment has. */
  private static List<Modality> modalities(Study study) {
    TreeSet<Modality> found = new TreeSet<>();
    study.predictions().rows().forEach(row -> found.addAll(row.available().toList()));
    return Modality.MOSEI.containsAll(found) ? Modality.MOSEI : List.copyOf(found);
  }

  /** Adds the names of the terms of additive fusion and their training means, and returns them. */
  private static List<ModalitySet> terms(Study study, ObjectNode json) {
    TreeMap<ModalitySet, List<Double>> means = new TreeMap<>();
    for (Prediction row : study.predictions().rows()) {
      row.contributions()
          .ifPresent(own -> own.terms().forEach(t -> means.put(t.modalities(), t.means())));
    }
    if (!means.isEmpty()) {
      ArrayNode names = json.putArray("terms");
      ArrayNode usual = json.putArray("usual");
      means.forEach(
          (term, own) -> {
            names.add(term.toString());
            numbers(usual.addArray(), own);
          });
    }
    return List.copyOf(means.keySet());
  }

  private static void terms(ArrayNode json, Prediction prediction, List<ModalitySet> terms) {
    List<Contributions.Term> own = prediction.contributions().orElseThrow().terms();
    for (ModalitySet term : terms) {
      own.stream()
          .filter(each -> each.modalities().equals(term))
          .findFirst()
          .ifPresentOrElse(each -> numbers(json.addArray(), each.values()), json::addNull);
    }
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
