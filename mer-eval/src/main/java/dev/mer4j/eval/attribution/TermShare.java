package dev.mer4j.eval.attribution;

import dev.mer4j.core.Contributions.Term;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The importance of a term of {@link Fusion.Additive} for a class, over the segments that have it.
 *
 * @param label the class: an emotion, or "none"
 * @param modalities the modalities of the term
 * @param segments the number of segments
 * @param mean mean value, in logits
 * @param magnitude mean absolute value
 * @param deviation mean absolute difference from the training mean; NaN if that is unknown
 * @param towardsTruth mean value towards the label; negative values mean that the term misleads the
 *     model. NaN if no segment has labels
 */
public record TermShare(
    String label,
    ModalitySet modalities,
    int segments,
    double mean,
    double magnitude,
    double deviation,
    double towardsTruth) {

  /** A term of one prediction. */
  private record Row(Prediction prediction, Term term) {}

  /** Returns the importance of each term, by class; empty without terms. */
  static List<TermShare> of(Predictions predictions) {
    TreeMap<ModalitySet, List<Row>> rows = new TreeMap<>();
    for (Prediction prediction : predictions.rows()) {
      prediction
          .contributions()
          .ifPresent(
              contributions ->
                  contributions
                      .terms()
                      .forEach(
                          term ->
                              rows.computeIfAbsent(term.modalities(), set -> new ArrayList<>())
                                  .add(new Row(prediction, term))));
    }
    List<TermShare> shares = new ArrayList<>();
    for (int label = 0; label < predictions.scheme().classCount(); label++) {
      int own = label;
      rows.forEach((term, having) -> shares.add(share(predictions.scheme(), own, term, having)));
    }
    return List.copyOf(shares);
  }

  private static TermShare share(
      LabelSet scheme, int label, ModalitySet modalities, List<Row> rows) {
    return new TermShare(
        scheme.classes().get(label),
        modalities,
        rows.size(),
        rows.stream().mapToDouble(row -> value(row, label)).average().orElse(Double.NaN),
        rows.stream().mapToDouble(row -> Math.abs(value(row, label))).average().orElse(Double.NaN),
        rows.stream()
            .filter(row -> !row.term().means().isEmpty())
            .mapToDouble(row -> Math.abs(row.term().relative().get(label)))
            .average()
            .orElse(Double.NaN),
        rows.stream()
            .filter(row -> scores(row).isLabeled())
            .mapToDouble(row -> (scheme.present(scores(row), label) ? 1 : -1) * value(row, label))
            .average()
            .orElse(Double.NaN));
  }

  private static EmotionScores scores(Row row) {
    return row.prediction().segment().scores();
  }

  private static double value(Row row, int label) {
    return row.term().values().get(label);
  }
}
