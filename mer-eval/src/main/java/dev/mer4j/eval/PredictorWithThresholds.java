package dev.mer4j.eval;

import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import java.util.List;

/** The probabilities of another predictor with its own thresholds. */
record PredictorWithThresholds(Predictor predictor, Thresholds thresholds) implements Predictor {
  @Override
  public ModalitySet inputs() {
    return predictor.inputs();
  }

  @Override
  public Prepared prepare(SegmentSet segments) {
    return new PreparedWithThresholds(predictor.prepare(segments), thresholds);
  }

  private record PreparedWithThresholds(Prepared prepared, Thresholds thresholds)
      implements Prepared {
    @Override
    public List<SegmentInfo> segments() {
      return prepared.segments();
    }

    @Override
    public Presence presence() {
      return prepared.presence();
    }

    @Override
    public Predictions predict(Presence available) {
      return prepared.predict(available).withThresholds(thresholds);
    }
  }
}
