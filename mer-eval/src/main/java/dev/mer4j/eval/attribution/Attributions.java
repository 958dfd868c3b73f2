package dev.mer4j.eval.attribution;

import dev.mer4j.core.Contributions;
import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The contributions of the modalities of all segments: exact Shapley values. With additive fusion
 * they follow from the terms of each prediction; otherwise the head runs once for each of the 2^M
 * sets of modalities. Training with modality dropout covers all of these sets.
 *
 * @param predictions the predictions from all modalities of each segment
 * @param rows in the order of the predictions
 * @param deletion the deletion checks of the rankings
 */
public record Attributions(
    Predictions predictions, List<Attribution> rows, List<Deletion> deletion) {
  public Attributions {
    rows = List.copyOf(rows);
    deletion = List.copyOf(deletion);
  }

  /** Computes the attributions of encoded segments; the encoders do not run. */
  public static Attributions of(MultimodalModel model, Encodings encodings) {
    Predictions predictions = model.predict(encodings, encodings.presence());
    List<Attribution> rows =
        model.config().fusion() instanceof Fusion.Additive
            ? predictions.rows().stream().map(Attributions::ofTerms).toList()
            : enumerated(model, encodings, predictions);
    return new Attributions(predictions, rows, Deletion.all(model, encodings, predictions, rows));
  }

  private static Attribution ofTerms(Prediction prediction) {
    Contributions own = prediction.contributions().orElseThrow();
    return new Attribution(prediction, own.logits(), own.bias(), own.shapley());
  }

  /** Computes Shapley values from the logits of all sets of modalities. */
  static List<Attribution> enumerated(
      MultimodalModel model, Encodings encodings, Predictions predictions) {
    Map<ModalitySet, float[]> logits = new HashMap<>();
    for (ModalitySet set : ModalitySet.of(model.config().inputs().modalities()).subsets()) {
      logits.put(set, model.logits(encodings, encodings.presence().and(set)));
    }
    int classes = predictions.scheme().classCount();
    List<Attribution> rows = new ArrayList<>();
    for (int s = 0; s < encodings.size(); s++) {
      int row = s;
      rows.add(
          attribution(
              predictions.rows().get(s),
              set -> logitsOf(Objects.requireNonNull(logits.get(set)), row, classes)));
    }
    return rows;
  }

  private static Attribution attribution(
      Prediction prediction, Function<ModalitySet, double[]> worth) {
    return new Attribution(
        prediction,
        list(worth.apply(prediction.available())),
        list(worth.apply(ModalitySet.NONE)),
        Shapley.values(prediction.available(), worth).map(Attributions::list));
  }

  /**
   * The importance of a modality for a class.
   *
   * @param label the class: an emotion, or "none"
   * @param magnitude mean absolute contribution to the logit
   * @param towardsTruth mean contribution towards the label; negative values mean that the modality
   *     misleads the model
   * @param whenRight mean absolute contribution over correct predictions; NaN if there are none
   * @param whenWrong mean absolute contribution over wrong predictions; NaN if there are none
   */
  public record Share(
      String label,
      Modality modality,
      int segments,
      double magnitude,
      double towardsTruth,
      double whenRight,
      double whenWrong) {}

  /** Returns the modalities that a segment has, in order. */
  private List<Modality> modalities() {
    return rows.stream()
        .flatMap(row -> row.shapley().modalities().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns the importance of a modality for each class, over the segments that have it. */
  public List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    List<Modality> modalities = modalities();
    for (int label = 0; label < predictions.scheme().classCount(); label++) {
      for (Modality modality : modalities) {
        int[] having =
            IntStream.range(0, rows.size())
                .filter(s -> rows.get(s).shapley().has(modality))
                .toArray();
        if (having.length > 0) {
          shares.add(share(label, modality, having));
        }
      }
    }
    return shares;
  }

  /** Returns the importance of each term of additive fusion; empty for other fusions. */
  public List<TermShare> terms() {
    return TermShare.of(predictions);
  }

  private Share share(int label, Modality modality, int[] having) {
    return new Share(
        predictions.scheme().classes().get(label),
        modality,
        having.length,
        size(label, modality, IntStream.of(having)),
        labeled(having)
            .mapToDouble(s -> (present(s, label) ? 1 : -1) * rows.get(s).of(modality, label))
            .average()
            .orElse(Double.NaN),
        size(label, modality, labeled(having).filter(s -> right(s, label))),
        size(label, modality, labeled(having).filter(s -> !right(s, label))));
  }

  private IntStream labeled(int[] segments) {
    return IntStream.of(segments).filter(s -> scores(s).isLabeled());
  }

  private double size(int label, Modality modality, IntStream segments) {
    DoubleStream sizes = segments.mapToDouble(s -> Math.abs(rows.get(s).of(modality, label)));
    return sizes.average().orElse(Double.NaN);
  }

  private boolean present(int segment, int label) {
    return predictions.scheme().present(scores(segment), label);
  }

  private EmotionScores scores(int segment) {
    return predictions.rows().get(segment).segment().scores();
  }

  private boolean right(int segment, int label) {
    return predictions.predicted(segment, label) == present(segment, label);
  }

  /**
   * Returns the share of segments with several modalities for which attention and Shapley values
   * rank the same modality first; NaN if there are none, or without attention.
   */
  public double agreement() {
    return rows.stream()
        .filter(row -> row.shapley().size() > 1 && row.topByAttention().isPresent())
        .mapToInt(row -> row.rankingsDisagree() ? 0 : 1)
        .average()
        .orElse(Double.NaN);
  }

  /** Returns warnings for readers of the attention weights and Shapley values. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (agreement() < 0.5) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "Attention ranks the modality with the largest Shapley values first in only %.0f"
                  + " %% of the segments: use the Shapley values, not the attention weights",
              100 * agreement()));
    }
    Deletion.of(deletion, Deletion.Ranking.SHAPLEY)
        .filter(check -> !Double.isNaN(check.loss()) && !check.topRaisesLossMost())
        .ifPresent(
            check ->
                warnings.add(
                    "Removing the modality with the largest Shapley values raised the loss less"
                        + " than removing another one: that modality may mislead the model more"
                        + " often than it helps"));
    return warnings;
  }

  private static double[] logitsOf(float[] logits, int row, int classes) {
    double[] own = new double[classes];
    for (int c = 0; c < own.length; c++) {
      own[c] = logits[row * classes + c];
    }
    return own;
  }

  private static List<Double> list(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }
}
