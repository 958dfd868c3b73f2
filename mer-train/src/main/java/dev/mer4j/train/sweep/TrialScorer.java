package dev.mer4j.train.sweep;

import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.provenance.Provenance;
import java.util.List;
import java.util.Map;

/** Scores a trained model. Nothing may be selected by the scores of a test split. */
public interface TrialScorer {
  /** The macro-F1 of the best epoch on the validation split, as training recorded it. */
  TrialScorer VALID_MACRO_F1 = new ValidMacroF1();

  /** The names of the scores, in the order in which tables show them. */
  List<String> names();

  /**
   * Scores the model in {@link TrialTask#model()}. Called by several threads at once if the sweep
   * runs several trials at once.
   *
   * @return a score for each of the {@link #names()}; NaN where there is none
   */
  Map<String, Double> score(TrialTask task);

  /** What {@link #VALID_MACRO_F1} is. */
  final class ValidMacroF1 implements TrialScorer {
    private static final String NAME = "valid macro-F1";

    private ValidMacroF1() {}

    @Override
    public List<String> names() {
      return List.of(NAME);
    }

    @Override
    public Map<String, Double> score(TrialTask task) {
      Provenance provenance =
          ModelFile.read(task.model().resolve("provenance.json"), Provenance.class);
      return Map.of(NAME, Double.valueOf(provenance.facts().getOrDefault(NAME, "NaN")));
    }
  }
}
