package dev.mer4j.train.sweep;

import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.provenance.Provenance;
import java.util.List;
import java.util.Map;

/** Scores a trained model. Scores of a test split must not be used for selection. */
public interface TrialScorer {
  /** The macro-F1 of the best epoch on the validation split, as training recorded it. */
  TrialScorer VALID_MACRO_F1 = new ValidMacroF1();

  /** Returns the names of the scores, in the order of the tables' columns. */
  List<String> names();

  /**
   * Scores the model in {@link TrialTask#model()}. This method is called concurrently if the sweep
   * runs several trials at once.
   *
   * @return a score for each of the {@link #names()}; NaN for undefined ones
   */
  Map<String, Double> score(TrialTask task);

  /**
   * Returns a text that identifies what the scores depend on beside the {@linkplain
   * TrialExecutor#fingerprint fingerprint}, such as a test split; empty if there is nothing. A
   * finished trial whose scores have another text is scored again.
   */
  default String scoredOn(TrialTask task) {
    return "";
  }

  /** The implementation of {@link #VALID_MACRO_F1}. */
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
