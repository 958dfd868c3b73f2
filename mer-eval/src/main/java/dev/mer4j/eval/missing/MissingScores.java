package dev.mer4j.eval.missing;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.FixedSets;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.Predictor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The quality of a predictor with complete and with missing input: macro-F1 in its own task.
 *
 * @param full with all modalities
 * @param missing the mean over the sets of {@link FixedSets} that lack a modality; NaN without any
 * @param area the area under the curve of modalities missing at random, see {@link RateCurve#area}
 */
public record MissingScores(double full, double missing, double area) {
  /** Evaluates a predictor with the default rates and masks of {@link MissingGrid}. */
  public static MissingScores of(Predictor predictor, SegmentSet segments) {
    Predictor.Prepared prepared = predictor.prepare(segments);
    Evaluator evaluator = Evaluator.withPriorsFrom(segments);
    Map<ModalitySet, Predictions> byAvailable = new LinkedHashMap<>();
    for (ModalitySet set : FixedSets.of(predictor.inputs())) {
      byAvailable.put(set, prepared.predict(prepared.presence().and(set)));
    }
    ModalityTable table = evaluator.compare("fixed", byAvailable);
    Evaluation full = table.evaluations().get(table.full());
    double missing =
        table.evaluations().entrySet().stream()
            .filter(each -> !each.getKey().equals(table.full()))
            .mapToDouble(each -> each.getValue().macroF1())
            .average()
            .orElse(Double.NaN);
    RateCurve curve =
        MissingGrid.DEFAULT.modalities(
            evaluator, "random", predictor.inputs(), prepared, full.baselines());
    return new MissingScores(full.macroF1(), missing, curve.area());
  }
}
