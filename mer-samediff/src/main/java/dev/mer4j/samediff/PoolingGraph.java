package dev.mer4j.samediff;

import dev.mer4j.core.encoder.AttentionPooling;
import dev.mer4j.core.parameter.ParameterView;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Adds {@link AttentionPooling} to a SameDiff graph. */
final class PoolingGraph {
  private PoolingGraph() {}

  /**
   * Returns the pooled steps [B, 2H].
   *
   * @param view v [1, 2H], which becomes a variable
   * @param states [B, T, 2H], finite at padding steps too
   * @param steps [B, T], one at the steps of each row, zero elsewhere
   */
  static SDVariable of(
      PrefixedGraph target, ParameterView view, SDVariable states, SDVariable steps) {
    SameDiff graph = target.graph();
    SDVariable vector = graph.reshape(target.variable(view), 1, 1, view.size());
    SDVariable scores = states.mul(vector).sum(2).add(steps.sub(1).mul(1e9));
    SDVariable weights = graph.nn().softmax(scores, 1).mul(steps);
    return states.mul(graph.expandDims(weights, 2)).sum(1);
  }
}
