package dev.mer4j.eval.baseline;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import java.util.List;
import java.util.Set;

/** Predicts with certainty that every segment has these classes and no others. */
record ConstantPredictor(String name, Set<String> prediction) {
  ConstantPredictor {
    prediction = Set.copyOf(prediction);
  }

  static ConstantPredictor always(List<String> classes) {
    return new ConstantPredictor("always " + String.join("+", classes), Set.copyOf(classes));
  }

  /** Returns predictions for the same segments as {@code others}. */
  Predictions predict(LabelSet scheme, Predictions others) {
    List<Double> certain =
        scheme.classes().stream().map(each -> prediction.contains(each) ? 1.0 : 0.0).toList();
    return new Predictions(
        scheme,
        Thresholds.half(scheme.classCount()),
        others.rows().stream()
            .map(
                row ->
                    new Prediction(
                        row.segment(), row.available(), scheme.labels(), certain, PerModality.of()))
            .toList());
  }
}
