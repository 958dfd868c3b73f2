package dev.mer4j.eval.baseline;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Is certain that every segment has these emotions and no others. */
record ConstantPredictor(String name, Set<Emotion> answer) {
  ConstantPredictor {
    answer = Set.copyOf(answer);
  }

  static ConstantPredictor always(List<Emotion> answer) {
    String emotions = answer.stream().map(Emotion::key).collect(Collectors.joining("+"));
    return new ConstantPredictor("always " + emotions, Set.copyOf(answer));
  }

  /** Answers for the same segments as {@code others}. */
  Predictions predict(Predictions others) {
    List<Double> certain =
        Arrays.stream(Emotion.values()).map(e -> answer.contains(e) ? 1.0 : 0.0).toList();
    return new Predictions(
        new LabelScheme(Task.MULTI_LABEL, others.scheme().ties()),
        Thresholds.HALF,
        others.rows().stream()
            .map(row -> new Prediction(row.segment(), row.available(), certain, Map.of()))
            .toList());
  }
}
