package dev.mer4j.onnx;

import dev.mer4j.core.Contributions;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Compares the outputs of ONNX Runtime with predictions. */
final class Differences {
  private final Predictions expected;
  private final List<Modality> modalities;
  private final List<ModalitySet> terms;
  private double largest;
  private int differentDecisions;

  /**
   * Creates a comparison.
   *
   * @param expected the predictions of all segments
   * @param modalities the modalities of the model
   * @param terms the terms of additive fusion; empty for others
   */
  Differences(Predictions expected, List<Modality> modalities, List<ModalitySet> terms) {
    this.expected = expected;
    this.modalities = modalities;
    this.terms = terms;
  }

  /** Adds the outputs of the rows that start at {@code from}. */
  void add(int from, RuntimeSession.Outputs outputs) {
    Predictions found = found(from, outputs.probabilities());
    for (int b = 0; b < found.size(); b++) {
      Prediction row = expected.rows().get(from + b);
      compare(outputs.probabilities()[b], row.probabilities());
      if (outputs.calibrated().length > 0) {
        compare(outputs.calibrated()[b], found.calibrated(b));
      }
      if (outputs.attention().length > 0) {
        compare(outputs.attention()[b], attention(row));
      }
      if (outputs.contributions().length > 0) {
        compare(outputs.contributions()[b], row.contributions().orElseThrow());
      }
      for (int c = 0; c < outputs.decisions()[b].length; c++) {
        if (outputs.decisions()[b][c] != found.predicted(b, c)) {
          differentDecisions++;
        }
      }
    }
  }

  /** Returns the expected rows with the given probabilities [B, C]. */
  private Predictions found(int from, float[][] probabilities) {
    List<Prediction> rows = new ArrayList<>();
    for (int b = 0; b < probabilities.length; b++) {
      List<Double> own = new ArrayList<>();
      for (float probability : probabilities[b]) {
        own.add((double) probability);
      }
      Prediction row = expected.rows().get(from + b);
      rows.add(new Prediction(row.segment(), row.available(), row.labels(), own, row.attention()));
    }
    return expected.withRows(rows);
  }

  private List<Double> attention(Prediction row) {
    return modalities.stream().map(each -> row.attention().find(each).orElse(0.0)).toList();
  }

  private void compare(float[][] found, Contributions contributions) {
    List<Double> absent = Collections.nCopies(contributions.bias().size(), 0.0);
    compare(found[0], contributions.bias());
    for (int t = 0; t < terms.size(); t++) {
      ModalitySet term = terms.get(t);
      compare(
          found[1 + t],
          contributions.terms().stream()
              .filter(each -> each.modalities().equals(term))
              .map(Contributions.Term::values)
              .findFirst()
              .orElse(absent));
    }
  }

  private void compare(float[] found, List<Double> values) {
    for (int i = 0; i < found.length; i++) {
      double difference = Math.abs(found[i] - values.get(i)) / Math.max(1, Math.abs(values.get(i)));
      largest = Math.max(largest, difference);
    }
  }

  /** Returns the largest difference; NaN if one is. */
  double largest() {
    return largest;
  }

  int differentDecisions() {
    return differentDecisions;
  }
}
