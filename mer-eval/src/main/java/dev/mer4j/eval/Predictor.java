package dev.mer4j.eval;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import java.util.List;

/** A model or a baseline that predicts segments from any of their modalities. */
public interface Predictor {
  /** Returns the modalities that it reads. */
  ModalitySet inputs();

  /** Prepares predictions of these segments, such as by encoding them once. */
  Prepared prepare(SegmentSet segments);

  /** Predictions of fixed segments from different modalities. */
  interface Prepared {
    /** Returns the segments [N], in their order. */
    List<SegmentInfo> segments();

    /** Returns the modalities [N, M] that the segments have, of those that the predictor reads. */
    Presence presence();

    /**
     * Predicts the segments, in their order.
     *
     * @param available [N, M], a subset of {@link #presence}
     */
    Predictions predict(Presence available);
  }

  /** Returns a predictor of the same probabilities with other thresholds. */
  default Predictor withThresholds(Thresholds thresholds) {
    return new PredictorWithThresholds(this, thresholds);
  }

  /** Returns a model as a predictor; the model must stay open. */
  static Predictor of(MultimodalModel model) {
    return new Predictor() {
      @Override
      public ModalitySet inputs() {
        return ModalitySet.of(model.config().inputs().modalities());
      }

      @Override
      public Prepared prepare(SegmentSet segments) {
        return encoded(model, model.encode(segments));
      }
    };
  }

  /** Returns predictions of a model for segments that it has encoded. */
  static Prepared encoded(MultimodalModel model, Encodings encodings) {
    return new Prepared() {
      @Override
      public List<SegmentInfo> segments() {
        return encodings.segments();
      }

      @Override
      public Presence presence() {
        return encodings.presence();
      }

      @Override
      public Predictions predict(Presence available) {
        return model.predict(encodings, available);
      }
    };
  }
}
