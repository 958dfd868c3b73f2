package dev.mer4j.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Predictions and scikit-learn's metrics of them, written by {@code expected_metrics.py}. */
public record ExpectedMetrics(JsonNode json) {
  public static Stream<ExpectedMetrics> all() {
    try (InputStream in = ExpectedMetrics.class.getResourceAsStream("expected-metrics.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
          .map(ExpectedMetrics::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Predictions predictions() {
    List<Prediction> rows = new ArrayList<>();
    for (int i = 0; i < json.get("scores").size(); i++) {
      rows.add(
          Samples.prediction(
              i,
              labels(),
              doubles(json.get("scores").get(i)),
              doubles(json.get("probabilities").get(i))));
    }
    TieRule ties = TieRule.valueOf(json.get("ties").textValue());
    return new Predictions(
        new LabelSet(labels(), Task.MULTI_LABEL, 0, ties),
        thresholds(json.get("thresholds")),
        rows);
  }

  /** Returns the labels of the case. */
  public List<Emotion> labels() {
    List<Emotion> labels = new ArrayList<>();
    json.path("labels").forEach(label -> labels.add(Emotion.of(label.textValue())));
    return labels.isEmpty() ? Emotion.MOSEI : labels;
  }

  public JsonNode multiLabel() {
    return json.get("multi_label");
  }

  public JsonNode singleLabel() {
    return json.get("single_label");
  }

  public Thresholds fitted() {
    return thresholds(json.get("fitted"));
  }

  @Override
  public String toString() {
    return json.get("name").textValue();
  }

  private static Thresholds thresholds(JsonNode array) {
    return new Thresholds(DoubleStream.of(doubles(array)).boxed().toList());
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).doubleValue();
    }
    return values;
  }
}
