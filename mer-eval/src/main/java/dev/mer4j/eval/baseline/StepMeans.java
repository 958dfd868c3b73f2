package dev.mer4j.eval.baseline;

import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;

/**
 * The mean over the steps of each column of each modality, standardized by the training segments. A
 * modality that is absent or has no step has the training mean, which is zero.
 *
 * @param mean [D] of each modality, over the training segments that have it
 * @param scale [D] of each modality, above 0
 */
record StepMeans(PerModality<double[]> mean, PerModality<double[]> scale) {
  static StepMeans fit(SegmentSet training) {
    PerModality<double[]> mean = training.widths().map(double[]::new);
    PerModality<double[]> scale = training.widths().map(double[]::new);
    for (Modality modality : training.widths().modalities()) {
      double[] sum = mean.get(modality);
      double[] squares = scale.get(modality);
      int count = 0;
      for (int s = 0; s < training.size(); s++) {
        if (training.info(s).steps(modality) > 0) {
          double[] row = mean(training.features(s, modality));
          count++;
          for (int d = 0; d < row.length; d++) {
            double difference = row[d] - sum[d];
            sum[d] += difference / count;
            squares[d] += difference * (row[d] - sum[d]);
          }
        }
      }
      for (int d = 0; d < squares.length; d++) {
        double deviation = count == 0 ? 0 : Math.sqrt(squares[d] / count);
        squares[d] = deviation > 0 ? deviation : 1;
      }
    }
    return new StepMeans(mean, scale);
  }

  /** Returns D, all modalities together. */
  int width() {
    return mean.values().stream().mapToInt(each -> each.length).sum();
  }

  /** Returns a segment's row [D] from those of the modalities that it has. */
  double[] row(SegmentSet segments, int segment, ModalitySet available) {
    double[] row = new double[width()];
    int from = 0;
    for (Modality modality : mean.modalities()) {
      double[] center = mean.get(modality);
      double[] deviation = scale.get(modality);
      if (available.contains(modality) && segments.info(segment).steps(modality) > 0) {
        double[] own = mean(segments.features(segment, modality));
        for (int d = 0; d < own.length; d++) {
          row[from + d] = (own[d] - center[d]) / deviation[d];
        }
      }
      from += center.length;
    }
    return row;
  }

  private static double[] mean(Features features) {
    double[] mean = new double[features.width()];
    for (int t = 0; t < features.steps(); t++) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += features.values()[t * mean.length + d];
      }
    }
    for (int d = 0; d < mean.length; d++) {
      mean[d] /= features.steps();
    }
    return mean;
  }
}
