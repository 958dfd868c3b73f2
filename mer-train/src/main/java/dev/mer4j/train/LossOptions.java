package dev.mer4j.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What training makes small.
 *
 * @param classWeights how much each class counts
 * @param focalGamma γ of the focal {@link Loss}: 0 for cross-entropy, else in [1, 10]
 */
public record LossOptions(ClassWeights classWeights, double focalGamma) {
  /** Cross-entropy, all classes alike. */
  public static final LossOptions UNWEIGHTED = new LossOptions(ClassWeights.NONE, 0);

  /** How much each emotion counts. */
  public enum ClassWeights {
    /** All alike. */
    @JsonProperty("none")
    NONE,
    /**
     * By what the training split has of it: segments without the emotion per segment with it, in
     * the multi-label task; N / (C · segments with it) in the single-label task. An emotion that no
     * segment has counts 1.
     */
    @JsonProperty("balanced")
    BALANCED
  }

  public LossOptions {
    if (!Loss.isFocalGamma(focalGamma)) {
      throw new ConfigException("focus of the loss must be 0 or in [1, 10]: " + focalGamma);
    }
  }

  /** Returns the loss for a training split. */
  Loss of(TrainingSplit train, LabelScheme labels) {
    int classes = labels.classes().size();
    if (classWeights == ClassWeights.NONE) {
      return new Loss(Loss.unweighted(classes).weights(), focalGamma);
    }
    int[] present = new int[classes];
    int segments = 0;
    for (int s = 0; s < train.size(); s++) {
      Optional<float[]> targets = labels.targets(train.info(s).scores());
      if (targets.isPresent()) {
        segments++;
        for (int c = 0; c < classes; c++) {
          present[c] += targets.get()[c] > 0 ? 1 : 0;
        }
      }
    }
    boolean several = labels.task() == Task.MULTI_LABEL;
    List<Double> weights = new ArrayList<>();
    for (int with : present) {
      double weight =
          several
              ? (double) (segments - with) / with
              : (double) segments / (classes * (double) with);
      weights.add(with == 0 || with == segments ? 1 : weight);
    }
    return new Loss(weights, focalGamma);
  }
}
