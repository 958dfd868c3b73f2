package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.train.sweep.TrialScorer;
import dev.mer4j.train.sweep.TrialTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores a trial on the test split: in the single-label task if all models are single-label ones,
 * otherwise in the multi-label task, so that all trials are comparable.
 *
 * @param settings by name
 */
record SweepScorer(Map<String, SweepSetting> settings) implements TrialScorer {
  private static final String TEST = "test macro-F1";

  /** Mean over the proper subsets of the modalities. */
  private static final String TEST_MISSING = "with modalities missing";

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(VALID_MACRO_F1.names());
    names.addAll(List.of(TEST, TEST_MISSING));
    return names;
  }

  @Override
  public Map<String, Double> score(TrialTask task) {
    Map<String, Double> scores = new HashMap<>(VALID_MACRO_F1.score(task));
    try (SegmentStore store = SegmentStore.open(SweepSetting.of(task, settings).store());
        MultimodalModel model = RunFolder.of(task).load()) {
      SegmentSet segments = Stores.split(store, Split.TEST);
      ModalityTable table = Evaluator.withPriorsFrom(segments).compare("test", model, segments);
      scores.put(TEST, macroF1(table.evaluations().get(table.full())));
      scores.put(TEST_MISSING, missing(table));
    }
    return scores;
  }

  @Override
  public String scoredOn(TrialTask task) {
    try (SegmentStore store = SegmentStore.open(SweepSetting.of(task, settings).store())) {
      return (singleLabel() ? "single-label" : "multi-label")
          + " task of store "
          + store.checksum();
    }
  }

  private double missing(ModalityTable table) {
    return table.evaluations().entrySet().stream()
        .filter(each -> !each.getKey().equals(table.full()))
        .mapToDouble(each -> macroF1(each.getValue()))
        .average()
        .orElse(Double.NaN);
  }

  private double macroF1(Evaluation evaluation) {
    return singleLabel()
        ? evaluation.singleLabel().macro().f1()
        : evaluation.multiLabel().macroF1();
  }

  private boolean singleLabel() {
    return settings.values().stream()
        .allMatch(each -> each.config().model().labels().task() == Task.SINGLE_LABEL);
  }
}
