package dev.mer4j.eval.statistics;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.Samples;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Simulated predictions with correlated segments of a video: labels and errors of the models have a
 * component that the whole video shares. Emotions are as frequent as in CMU-MOSEI.
 *
 * @param scheme the task
 * @param videos the number of videos
 * @param equalSizes whether every video has seven segments; otherwise 1 to 40, geometrically
 *     distributed, about seven on average, as in CMU-MOSEI
 * @param labels share of the labels' latent variance that a video shares, in [0, 1]
 * @param mistakes share of the errors' variance that a video shares, in [0, 1]
 * @param skill the number of standard deviations by which an emotion raises a model's score
 */
record Simulation(
    LabelSet scheme, int videos, boolean equalSizes, double labels, double mistakes, double skill) {
  private static final double[] PREVALENCE = {0.536, 0.259, 0.216, 0.100, 0.177, 0.083};

  /** The latent value above which an emotion is present. */
  private static final double[] LIMIT =
      Arrays.stream(PREVALENCE)
          .map(NormalDistribution.of(0, 1)::inverseSurvivalProbability)
          .toArray();

  private static final int MEAN_SIZE = 7;
  private static final int LARGEST = 40;

  Simulation withVideos(int count) {
    return new Simulation(scheme, count, equalSizes, labels, mistakes, skill);
  }

  /** Draws the predictions of one model. */
  Predictions draw(long seed) {
    return draw(1, seed).get(0);
  }

  /** Draws the predictions of two different, equally good models for the same segments. */
  List<Predictions> drawPair(long seed) {
    return draw(2, seed);
  }

  private List<Predictions> draw(int models, long seed) {
    SeedStream draws = new Seeds(seed).stream("simulation");
    List<List<Prediction>> rows = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      rows.add(new ArrayList<>());
    }
    for (int v = 0; v < videos; v++) {
      double[] label = gaussians(draws, Emotion.MOSEI.size());
      double[][] mistake = mistakes(draws, models);
      int size = equalSizes ? MEAN_SIZE : size(draws);
      for (int i = 0; i < size; i++) {
        double[] scores = new double[Emotion.MOSEI.size()];
        for (int c = 0; c < Emotion.MOSEI.size(); c++) {
          double latent =
              Math.sqrt(labels) * label[c] + Math.sqrt(1 - labels) * draws.nextGaussian();
          boolean present = latent > LIMIT[c];
          // Different thresholds, so that few segments are ties in the single-label task.
          scores[c] = present ? 1 + draws.nextInt(300) / 150.0 : 0;
        }
        SegmentInfo info =
            new SegmentInfo(
                new SegmentId("v" + v, i), 0, 1, Samples.scores(scores), PerModality.of());
        double[][] own = mistakes(draws, models);
        for (int m = 0; m < models; m++) {
          rows.get(m).add(predict(info, mistake[m], own[m]));
        }
      }
    }
    return rows.stream().map(each -> new Predictions(scheme, Thresholds.HALF, each)).toList();
  }

  private Prediction predict(SegmentInfo info, double[] ofVideo, double[] ofSegment) {
    List<Double> probabilities = new ArrayList<>();
    for (Emotion emotion : Emotion.MOSEI) {
      int c = Emotion.MOSEI.indexOf(emotion);
      double score =
          skill * ((info.scores().present(emotion) ? 1 : 0) - (1 - PREVALENCE[c]))
              + Math.sqrt(mistakes) * ofVideo[c]
              + Math.sqrt(1 - mistakes) * ofSegment[c];
      probabilities.add(1 / (1 + Math.exp(-score)));
    }
    return new Prediction(info, ModalitySet.of(Modality.MOSEI), probabilities, PerModality.of());
  }

  /** Draws [models, C]; half of the variance is common to all models. */
  private static double[][] mistakes(SeedStream draws, int models) {
    double[] common = gaussians(draws, Emotion.MOSEI.size());
    double[][] all = new double[models][];
    for (int m = 0; m < models; m++) {
      all[m] = gaussians(draws, Emotion.MOSEI.size());
      for (int c = 0; c < Emotion.MOSEI.size(); c++) {
        all[m][c] = (all[m][c] + common[c]) / Math.sqrt(2);
      }
    }
    return all;
  }

  private static double[] gaussians(SeedStream draws, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = draws.nextGaussian();
    }
    return values;
  }

  private static int size(SeedStream draws) {
    int size;
    do {
      size = 1 + (int) (Math.log(1 - draws.nextDouble()) / Math.log(1 - 1.0 / MEAN_SIZE));
    } while (size > LARGEST);
    return size;
  }
}
