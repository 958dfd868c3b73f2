package dev.mer4j.eval;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Random predictions for tests. */
public final class Samples {
  private static final double[] PRIORS = {0.536, 0.259, 0.216, 0.100, 0.177, 0.083};

  private Samples() {}

  public static EmotionScores scores(double... scores) {
    return scores(Emotion.MOSEI, scores);
  }

  private static EmotionScores scores(List<Emotion> labels, double... scores) {
    float[] s = new float[labels.size()];
    for (int c = 0; c < s.length; c++) {
      s[c] = (float) scores[c];
    }
    return EmotionScores.of(labels, s);
  }

  /** Of a data set with these labels. */
  public static Prediction prediction(
      int index, List<Emotion> labels, double[] scores, double[] probabilities) {
    return prediction(
        index, labels, scores(labels, scores), ModalitySet.of(Modality.MOSEI), probabilities);
  }

  public static Prediction prediction(int index, EmotionScores scores, double... probabilities) {
    return prediction(index, Emotion.MOSEI, scores, ModalitySet.of(Modality.MOSEI), probabilities);
  }

  private static Prediction prediction(
      int index,
      List<Emotion> labels,
      EmotionScores scores,
      ModalitySet available,
      double... probabilities) {
    PerModality<Integer> steps = PerModality.of(available.toList(), modality -> 3);
    SegmentInfo info =
        new SegmentInfo(new SegmentId("video" + index / 7, index), 0, 1, scores, steps);
    return new Prediction(
        info, available, labels, Arrays.stream(probabilities).boxed().toList(), PerModality.of());
  }

  public static Predictions predictions(LabelSet scheme, Prediction... rows) {
    return new Predictions(scheme, Thresholds.half(scheme.classCount()), List.of(rows));
  }

  /** Labels with the data set's frequencies, and predictions that are correlated with them. */
  public static Predictions random(LabelSet scheme, int segments, double skill, long seed) {
    return random(scheme, segments, skill, seed, ModalitySet.of(Modality.MOSEI));
  }

  public static Predictions random(
      LabelSet scheme, int segments, double skill, long seed, ModalitySet available) {
    SeedStream draws = new Seeds(seed).stream("samples");
    List<Prediction> rows = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      int labels = scheme.labels().size();
      double[] scores = new double[labels];
      double[] probabilities = new double[labels];
      for (int c = 0; c < labels; c++) {
        double prior = PRIORS[c % PRIORS.length];
        boolean present = draws.nextDouble() < prior;
        scores[c] = present ? (1 + draws.nextInt(9)) / 3.0 : 0;
        double logit =
            Math.log(prior / (1 - prior))
                + draws.nextGaussian()
                + skill * ((present ? 1 : 0) - prior);
        probabilities[c] = 1 / (1 + Math.exp(-logit));
      }
      EmotionScores own = scores(scheme.labels(), scores);
      rows.add(prediction(i, scheme.labels(), own, available, probabilities));
    }
    return new Predictions(scheme, Thresholds.half(scheme.classCount()), rows);
  }

  public static List<EmotionScores> labels(Predictions predictions) {
    return predictions.rows().stream().map(row -> row.segment().scores()).toList();
  }
}
