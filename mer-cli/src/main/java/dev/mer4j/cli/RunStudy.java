package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Split;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.study.Study;
import dev.mer4j.train.history.History;
import java.nio.file.Files;

/**
 * Evaluates a trained model on a split of a store. Constant predictors use label frequencies of the
 * training split; temperatures are fitted on the validation split.
 */
final class RunStudy {
  private RunStudy() {}

  static Study study(
      RunFolder run, MultimodalModel model, SegmentStore store, Split split, boolean missingGrid) {
    Study.Builder study =
        Study.builder(split.key(), model, Stores.split(store, split))
            .training(store.split(Split.TRAIN))
            .fact("store", store.path().toString())
            .fact("split", split.key())
            .fact("backend", model.backend());
    if (split != Split.VALID) {
      study.validation(ValidationSplit.of(store.split(Split.VALID)));
    }
    if (Files.isRegularFile(run.history())) {
      study.curves(TrainingPlots.curves(History.readCsv(run.history())));
    }
    Provenance from = run.provenance();
    study.provenance(from);
    if (from.trained().isEmpty()) {
      study.fact("segments seen in training", "not recorded by this model");
    }
    from.facts()
        .forEach((name, value) -> study.fact(name.contains(".") ? name : "run." + name, value));
    try (Progress progress = new Progress("missing grid", "sets")) {
      if (missingGrid) {
        study.missing(MissingGrid.DEFAULT, progress::update);
      }
      return study.run();
    }
  }
}
