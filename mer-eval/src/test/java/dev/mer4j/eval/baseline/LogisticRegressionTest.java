package dev.mer4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.ConfigException;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.threshold.SetThresholds;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LogisticRegressionTest {
  private static final SegmentSet TRAIN = ToyModels.planted(200, 0.1, "train", 1);
  private static final SegmentSet VALID = ToyModels.planted(100, 0.1, "valid", 2);
  private static final SegmentSet TEST = ToyModels.planted(100, 0, "test", 3);

  /**
   * Values by {@code logistic_regression.py}. The penalty makes the loss 1/C-strongly convex, so
   * the weights' error is at most C times the gradient at which the solver stops, 100 · 6e-8.
   */
  @Test
  void equalsScikitLearn() throws IOException {
    JsonNode expected = expected();
    double[][] rows = new ObjectMapper().treeToValue(expected.get("rows"), double[][].class);
    boolean[] present = new ObjectMapper().treeToValue(expected.get("present"), boolean[].class);
    assertThat(expected.get("fits")).hasSize(5);
    for (JsonNode fit : expected.get("fits")) {
      BinaryLogistic ours = BinaryLogistic.fit(rows, present, fit.get("c").asDouble());
      double[] weights = new ObjectMapper().treeToValue(fit.get("weights"), double[].class);
      assertThat(ours.weights()).containsExactly(weights, within(1e-5));
      assertThat(ours.intercept()).isCloseTo(fit.get("intercept").asDouble(), within(1e-5));
    }
  }

  @Test
  void readsTheModalitiesThatASegmentHas() {
    Predictor fitted = LogisticRegression.fit(TrainingSplit.of(TRAIN), ValidationSplit.of(VALID));
    Predictor.Prepared prepared =
        SetThresholds.fitted(fitted, ValidationSplit.of(VALID)).prepare(TEST);
    Predictions text = prepared.predict(prepared.presence().and(ModalitySet.of(Modality.TEXT)));
    Predictions audio = prepared.predict(prepared.presence().and(ModalitySet.of(Modality.AUDIO)));

    // Happy shows in text alone, sad in audio alone.
    assertThat(accuracy(text, 0)).isGreaterThan(0.95);
    assertThat(accuracy(text, 1)).isLessThan(0.7);
    assertThat(accuracy(audio, 1)).isGreaterThan(0.95);
    assertThat(text.thresholds().bySet()).hasSize(7);
  }

  @Test
  void constantColumnsAndAbsentModalitiesGiveFiniteProbabilities() {
    SegmentSet constant =
        SegmentSet.builder()
            .modality(Modality.TEXT, 1)
            .labels("yes", "no")
            .add("a", "a", Map.of(Modality.TEXT, new float[][] {{1}}), "yes")
            .add("b", "b", Map.of(Modality.TEXT, new float[][] {{1}, {1}}), "no")
            .add("c", "c", Map.of())
            .build();
    Predictor fitted =
        LogisticRegression.fit(TrainingSplit.of(constant), ValidationSplit.of(constant));
    Predictor.Prepared prepared = fitted.prepare(constant);

    assertThat(prepared.predict(prepared.presence()).rows())
        .allSatisfy(row -> assertThat(row.probabilities().get(0)).isCloseTo(0.5, within(1e-6)));
  }

  @Test
  void refusesDataWithoutLabels() {
    SegmentSet unlabeled =
        SegmentSet.builder()
            .modality(Modality.TEXT, 1)
            .add("a", "a", Map.of(Modality.TEXT, new float[][] {{1}}))
            .build();
    assertThatThrownBy(
            () -> LogisticRegression.fit(TrainingSplit.of(unlabeled), ValidationSplit.of(VALID)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no training segment has labels");
  }

  private static double accuracy(Predictions predictions, int label) {
    int right = 0;
    for (int s = 0; s < predictions.size(); s++) {
      boolean present = predictions.rows().get(s).segment().scores().of(label) > 0;
      right += predictions.predicted(s, label) == present ? 1 : 0;
    }
    return (double) right / predictions.size();
  }

  private static JsonNode expected() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            LogisticRegressionTest.class.getResourceAsStream("logistic_regression.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }
}
