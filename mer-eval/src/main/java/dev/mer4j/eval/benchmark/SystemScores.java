package dev.mer4j.eval.benchmark;

import dev.mer4j.MerException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.benchmark.PredictionFile.Output;
import dev.mer4j.eval.metric.LabeledPrediction;
import dev.mer4j.eval.threshold.SetThresholds;
import dev.mer4j.eval.threshold.ValidationPredictions;
import dev.mer4j.eval.threshold.ValidationSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Scores the predictions of any system, read from a file. */
public final class SystemScores {
  private final LabelSet labels;

  /** Creates scores for data with these labels. */
  public SystemScores(List<Emotion> labels) {
    this.labels = LabelSet.multiLabel(labels);
  }

  /**
   * Fits thresholds to predictions for a validation split: for all segments with their own
   * modalities, and for each set of modalities, on the segments that have it.
   *
   * @param masks of the validation split
   * @param outputs by condition; those of {@code full} are required, those of {@code fixed} give
   *     the thresholds of their sets, and others are ignored
   * @throws MerException if probabilities or the condition {@code full} are absent
   */
  public Thresholds fit(
      ValidationSplit split, BenchmarkMasks masks, Map<Condition, List<@Nullable Output>> outputs) {
    List<@Nullable Output> full = outputs.get(Condition.FULL);
    if (full == null) {
      throw new MerException("thresholds require validation predictions for condition 'full'");
    }
    ValidationPredictions own = validation(split, masks, Condition.FULL, full);
    Map<ModalitySet, ValidationPredictions> bySet = new TreeMap<>();
    bySet.put(masks.modalities(), own);
    outputs.forEach(
        (condition, each) -> {
          if (condition.protocol() == Protocol.FIXED) {
            bySet.put(condition.kept(), validation(split, masks, condition, each));
          }
        });
    return SetThresholds.fit(ValidationSets.of(own, bySet));
  }

  private ValidationPredictions validation(
      ValidationSplit split,
      BenchmarkMasks masks,
      Condition condition,
      List<@Nullable Output> outputs) {
    if (outputs.stream().anyMatch(each -> each != null && each.probabilities().isEmpty())) {
      throw new MerException("thresholds require probabilities in the validation predictions");
    }
    return ValidationPredictions.of(
        split,
        new Predictions(
            labels,
            Thresholds.half(labels.labels().size()),
            predictions(masks, condition, outputs)));
  }

  /**
   * Scores a system.
   *
   * @param outputs by condition; their decisions are used if given
   * @param thresholds the thresholds of probabilities without decisions
   * @param training the training labels, for the constant predictors; the evaluated ones if empty
   * @throws MerException if there are neither decisions nor thresholds
   */
  public BenchmarkResult score(
      BenchmarkMasks masks,
      Map<Condition, List<@Nullable Output>> outputs,
      Optional<Thresholds> thresholds,
      List<EmotionScores> training) {
    BenchmarkScorer scorer = new BenchmarkScorer(masks, training);
    outputs.forEach(
        (condition, each) -> {
          List<Prediction> rows = predictions(masks, condition, each);
          Output any =
              each.stream()
                  .flatMap(output -> Optional.ofNullable(output).stream())
                  .findFirst()
                  .orElseThrow();
          if (any.decisions().isPresent()) {
            scorer.add(condition, decided(masks, rows, each), any.probabilities().isPresent());
          } else {
            Thresholds fitted =
                thresholds.orElseThrow(
                    () ->
                        new MerException(
                            "the predictions have no decisions: add them, or give validation"
                                + " predictions to fit thresholds on"));
            scorer.add(condition, new Predictions(labels, fitted, rows));
          }
        });
    return scorer.result();
  }

  private List<LabeledPrediction> decided(
      BenchmarkMasks masks, List<Prediction> rows, List<@Nullable Output> outputs) {
    List<LabeledPrediction> decided = new ArrayList<>();
    int row = 0;
    for (int s = 0; s < outputs.size(); s++) {
      Output output = outputs.get(s);
      if (output != null) {
        if (masks.segments().get(s).scores().isLabeled()) {
          decided.add(
              new LabeledPrediction(rows.get(row), labels, output.decisions().orElseThrow()));
        }
        row++;
      }
    }
    return decided;
  }

  /** Returns the outputs as predictions; a decision without probability counts as 0 or 1. */
  private List<Prediction> predictions(
      BenchmarkMasks masks, Condition condition, List<@Nullable Output> outputs) {
    List<Prediction> rows = new ArrayList<>();
    for (int s = 0; s < outputs.size(); s++) {
      Output output = outputs.get(s);
      if (output != null) {
        SegmentInfo segment = masks.segments().get(s);
        rows.add(
            new Prediction(
                segment,
                masks.left(condition, segment),
                labels.labels(),
                output.probabilities().orElseGet(() -> certain(output)),
                PerModality.of()));
      }
    }
    return rows;
  }

  private List<Double> certain(Output output) {
    return labels.labels().stream()
        .map(each -> output.decisions().orElseThrow().contains(each) ? 1.0 : 0.0)
        .toList();
  }
}
