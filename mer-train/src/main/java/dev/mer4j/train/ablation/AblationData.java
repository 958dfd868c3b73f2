package dev.mer4j.train.ablation;

import dev.mer4j.data.TestSplit;
import dev.mer4j.eval.Predictor;
import dev.mer4j.train.sweep.SweepData;
import java.util.Optional;
import java.util.function.LongFunction;

/** A data set of an ablation. */
public interface AblationData extends SweepData {
  /** Returns the name of its folder and its tables. */
  String name();

  /** Returns the split that the trials with a seed are scored on. */
  TestSplit test(long seed);

  /**
   * Returns, by seed, the predictor whose expected score no model can exceed, or empty if it is
   * unknown. Its thresholds are fitted like those of any baseline.
   */
  Optional<LongFunction<Predictor>> bound();
}
