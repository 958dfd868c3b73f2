package dev.mer4j.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The loss that training minimizes.
 *
 * @param classWeights the weights of the classes
 * @param focalGamma γ of the focal {@link Loss}, in [1, 10], or 0 for cross-entropy
 */
public record LossOptions(ClassWeights classWeights, double focalGamma) {
  /** Unweighted cross-entropy. */
  public static final LossOptions UNWEIGHTED = new LossOptions(ClassWeights.NONE, 0);

  /** The weights of the classes. */
  public enum ClassWeights {
    /** Equal weights. */
    @JsonProperty("none")
    NONE,
    /**
     * Weights from class frequencies of the training split. In the multi-label task, the number of
     * segments without the emotion divided by the number with it; in the single-label task, N / (C
     * · number of segments with it). An emotion that no segment has gets weight 1.
     */
    @JsonProperty("balanced")
    BALANCED
  }

  public LossOptions {
    if (!Loss.isFocalGamma(focalGamma)) {
      throw new ConfigException("loss.focalGamma must be 0 or in [1, 10]: " + focalGamma);
    }
  }

  /** Returns the loss for a training split. */
  Loss of(TrainingSplit train, LabelSet labels) {
    int classes = labels.classCount();
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
