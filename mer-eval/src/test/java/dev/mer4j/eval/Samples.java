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
import dev.mer4j.data.label.LabelScheme;
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
    float[] s = new float[Emotion.COUNT];
    for (int c = 0; c < s.length; c++) {
      s[c] = (float) scores[c];
    }
    return new EmotionScores(0, s[0], s[1], s[2], s[3], s[4], s[5]);
  }

  public static Prediction prediction(int index, EmotionScores scores, double... probabilities) {
    return prediction(index, scores, ModalitySet.of(Modality.MOSEI), probabilities);
  }

  private static Prediction prediction(
      int index, EmotionScores scores, ModalitySet available, double... probabilities) {
    PerModality<Integer> steps = PerModality.of(available.toList(), modality -> 3);
    SegmentInfo info =
        new SegmentInfo(new SegmentId("video" + index / 7, index), 0, 1, scores, steps);
    return new Prediction(
        info, available, Arrays.stream(probabilities).boxed().toList(), PerModality.of());
  }

  public static Predictions predictions(LabelScheme scheme, Prediction... rows) {
    return new Predictions(scheme, Thresholds.HALF, List.of(rows));
  }

  /** Labels with the data set's frequencies, and predictions that are correlated with them. */
  public static Predictions random(LabelScheme scheme, int segments, double skill, long seed) {
    return random(scheme, segments, skill, seed, ModalitySet.of(Modality.MOSEI));
  }

  public static Predictions random(
      LabelScheme scheme, int segments, double skill, long seed, ModalitySet available) {
    SeedStream draws = new Seeds(seed).stream("samples");
    List<Prediction> rows = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      double[] scores = new double[Emotion.COUNT];
      double[] probabilities = new double[Emotion.COUNT];
      for (int c = 0; c < Emotion.COUNT; c++) {
        boolean present = draws.nextDouble() < PRIORS[c];
        scores[c] = present ? (1 + draws.nextInt(9)) / 3.0 : 0;
        double logit =
            Math.log(PRIORS[c] / (1 - PRIORS[c]))
                + draws.nextGaussian()
                + skill * ((present ? 1 : 0) - PRIORS[c]);
        probabilities[c] = 1 / (1 + Math.exp(-logit));
      }
      rows.add(prediction(i, scores(scores), available, probabilities));
    }
    return new Predictions(scheme, Thresholds.HALF, rows);
  }

  public static List<EmotionScores> labels(Predictions predictions) {
    return predictions.rows().stream().map(row -> row.segment().scores()).toList();
  }
}
