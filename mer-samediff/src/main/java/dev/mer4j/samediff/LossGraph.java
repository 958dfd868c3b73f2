package dev.mer4j.samediff;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.data.label.LabelSet.Task;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Adds a {@link Loss} to a SameDiff graph. */
final class LossGraph {
  private final PrefixedGraph target;
  private final SameDiff graph;
  private final String name;
  private final Loss loss;

  LossGraph(PrefixedGraph target, Loss loss) {
    this.target = target;
    this.graph = target.graph();
    this.name = target.name("loss");
    this.loss = loss;
  }

  /** Returns the scalar loss of logits [B, C] and targets [B, C]. */
  SDVariable of(Task task, SDVariable logits, SDVariable targets) {
    boolean isMultiLabel = task == Task.MULTI_LABEL;
    if (loss.isUnweighted()) {
      LossReduce mean = LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT;
      return isMultiLabel
          ? graph.loss().sigmoidCrossEntropy(name, targets, logits, null, mean, 0)
          : graph.loss().softmaxCrossEntropy(name, targets, logits, null, mean, 0);
    }
    return isMultiLabel ? multiLabel(logits, targets) : singleLabel(logits, targets);
  }

  private SDVariable multiLabel(SDVariable logits, SDVariable targets) {
    SDVariable labelLogit = logits.mul(targets.mul(2).sub(1));
    SDVariable cost = softplus(labelLogit.neg());
    if (loss.focalGamma() > 0) {
      cost = cost.mul(graph.math().exp(softplus(labelLogit).mul(-loss.focalGamma())));
    }
    return graph.mean(name, cost.mul(targets.mul(weights().sub(1)).add(1)));
  }

  private SDVariable singleLabel(SDVariable logits, SDVariable targets) {
    // Not logSoftmax, which takes the logarithm of probabilities that underflow to 0.
    SDVariable shifted = logits.sub(logits.max(true, 1));
    SDVariable logSum = graph.math().log(graph.math().exp(shifted).sum(1));
    SDVariable logProbability = shifted.mul(targets).sum(1).sub(logSum);
    SDVariable cost = logProbability.neg();
    if (loss.focalGamma() > 0) {
      SDVariable miss = graph.math().exp(logProbability).rsub(1);
      cost = cost.mul(graph.math().pow(miss, loss.focalGamma()));
    }
    return graph.mean(name, cost.mul(targets.mul(weights()).sum(1)));
  }

  /** Returns {@code log(1 + eˣ)} without overflow; its gradient at 0 is one half. */
  private SDVariable softplus(SDVariable x) {
    SDVariable size = graph.math().abs(x);
    SDVariable small = graph.math().log1p(graph.math().exp(size.neg()));
    return x.add(size).mul(0.5).add(small);
  }

  private SDVariable weights() {
    float[] weights = new float[loss.weights().size()];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = loss.weights().get(c).floatValue();
    }
    return target.constant("class_weights", Nd4j.createFromArray(new float[][] {weights}));
  }
}
