package dev.mer4j.eval.calibration;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.metric.CrossEntropy;

/**
 * The calibration of the predictions from one set of modalities, before and after scaling.
 *
 * @param available the available modalities
 * @param segments the number of labeled segments that have all of them
 * @param ece expected calibration error, as {@link Reliability#ece}
 * @param loss cross-entropy in nats, as {@link CrossEntropy}
 */
public record SetCalibration(ModalitySet available, int segments, Change ece, Change loss) {
  /** A value before and after calibration. */
  public record Change(double before, double after) {}

  static SetCalibration of(ModalitySet available, Predictions predictions) {
    Predictions calibrated = Calibration.calibrated(predictions);
    return new SetCalibration(
        available,
        predictions.size(),
        new Change(Reliability.of(predictions).ece(), Reliability.of(calibrated).ece()),
        new Change(CrossEntropy.of(predictions), CrossEntropy.of(calibrated)));
  }
}
