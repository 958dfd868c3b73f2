package dev.mer4j.eval.baseline;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.synth.FamilyData;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.threshold.SetThresholds;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The predictor of a synthetic family that knows the evidence behind the features: with the best
 * thresholds its expected F1 is an upper bound for any model; see {@link FamilyData}.
 *
 * @param data the data set of all predicted segments
 */
public record FamilyBound(FamilyData data) implements Predictor {
  /**
   * Returns the macro-F1 on the test split of a data set, with thresholds of the validation split.
   *
   * @return by available modalities, such as {@code text+audio}
   */
  public static Map<String, Double> macroF1(FamilyData data) {
    ValidationSplit validation = ValidationSplit.of(data.split(Split.VALID));
    Predictor fitted = SetThresholds.fitted(new FamilyBound(data), validation);
    Prepared test = fitted.prepare(data.split(Split.TEST));
    Map<String, Double> bounds = new LinkedHashMap<>();
    for (ModalitySet available : fitted.inputs().nonEmpty()) {
      bounds.put(
          available.toString(),
          MultiLabelMetrics.of(test.predict(test.presence().and(available))).macroF1());
    }
    return bounds;
  }

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
