package dev.mer4j.eval.baseline;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.synth.FamilyData;
import dev.mer4j.eval.Predictor;

/**
 * The predictor of a synthetic family that knows the evidence behind the features: with the best
 * thresholds its expected F1 is an upper bound for any model; see {@link FamilyData}.
 *
 * @param data the data set of all predicted segments
 */
public record FamilyBound(FamilyData data) implements Predictor {
  @Override
  public ModalitySet inputs() {
    return ModalitySet.of(Modality.MOSEI);
  }

  @Override
  public Prepared prepare(SegmentSet segments) {
    return SegmentPredictor.of(
        LabelSet.MULTI_LABEL,
        segments,
        inputs(),
        (segment, available) -> data.posterior(segments.info(segment).id(), available));
  }
}
