package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Judges a model on a split of a store; constant predictors know the training split's labels. */
final class Judging {
  private final MultimodalModel model;
  private final SegmentSet segments;
  private final String name;
  private final Evaluator evaluator;
  private final Predictions predictions;

  Judging(MultimodalModel model, SegmentStore store, Split split) {
    this.model = model;
    name = split.key();
    segments = Stores.split(store, split);
    evaluator = new Evaluator(labels(store.split(Split.TRAIN)));
    predictions = model.predict(segments);
  }

  /** With all that each segment has. */
  Evaluation evaluation() {
    return evaluator.evaluate(name, predictions);
  }

  /** With every set of the modalities that the model reads, whatever the segment. */
  ModalityTable modalities() {
    ModalitySet all = ModalitySet.of(model.config().inputs().keySet());
    Map<ModalitySet, Predictions> bySet = new LinkedHashMap<>();
    List<ModalitySet> sets =
        ModalitySet.nonEmpty().stream().filter(set -> set.and(all).equals(set)).toList();
    try (Progress progress = new Progress("modalities")) {
      for (ModalitySet set : sets) {
        bySet.put(set, set.equals(all) ? predictions : model.predict(segments, set));
        progress.update(bySet.size(), sets.size());
      }
    }
    return evaluator.compare(name, bySet);
  }

  private static List<EmotionScores> labels(SegmentSet segments) {
    return IntStream.range(0, segments.size()).mapToObj(s -> segments.info(s).scores()).toList();
  }
}
