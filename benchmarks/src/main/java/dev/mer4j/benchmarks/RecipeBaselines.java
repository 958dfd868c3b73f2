package dev.mer4j.benchmarks;

import dev.mer4j.benchmarks.RecipeReport.Scores;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.baseline.LogisticRegression;
import dev.mer4j.eval.metric.SingleLabelMetrics;

/** The test scores of baselines in the recipe's single-label task. */
final class RecipeBaselines {
  private final SegmentSet training;
  private final SegmentSet validation;
  private final SegmentSet test;
  private final LabelSet task;

  RecipeBaselines(SegmentStore store) {
    task = LabelSet.singleLabel(store.training().labels(), TieRule.FIRST_COLUMN);
    training = new OneHotLabels(store.training(), task);
    validation = new OneHotLabels(store.validation(), task);
    test = new OneHotLabels(store.test(), task);
  }

  /** Returns the scores of the most frequent emotion of the training split. */
  Scores constant() {
    int[] counts = counts(training);
    int usual = 0;
    for (int c = 1; c < counts.length; c++) {
      usual = counts[c] > counts[usual] ? c : usual;
    }
    int occurring = 0;
    for (int count : counts(test)) {
      occurring += count > 0 ? 1 : 0;
    }
    double share = counts(test)[usual] / (double) test.size();
    double macroF1 = 2 * share / (1 + share) / occurring;
    return new Scores(macroF1, share, macroF1);
  }

  private int[] counts(SegmentSet segments) {
    int[] counts = new int[task.classCount()];
    for (int s = 0; s < segments.size(); s++) {
      counts[task.single(segments.info(s).scores()).orElseThrow()]++;
    }
    return counts;
  }

  /** Returns the scores of the most probable emotion by one regression per emotion. */
  Scores logisticRegression() {
    LogisticRegression regression =
        LogisticRegression.fit(TrainingSplit.of(training), ValidationSplit.of(validation));
    Predictor.Prepared prepared = regression.prepare(test);
    SingleLabelMetrics full = metrics(prepared, prepared.presence());
    ModalitySet inputs = regression.inputs();
    double missing =
        inputs.subsets().stream()
            .filter(set -> !set.isEmpty() && !set.equals(inputs))
            .mapToDouble(set -> metrics(prepared, prepared.presence().and(set)).macro().f1())
            .average()
            .orElse(Double.NaN);
    return new Scores(full.macro().f1(), full.accuracy(), missing);
  }

  private SingleLabelMetrics metrics(Predictor.Prepared prepared, Presence available) {
    return Evaluator.withPriorsFrom(training)
        .evaluate("logistic regression", prepared.predict(available))
        .singleLabel();
  }
}
