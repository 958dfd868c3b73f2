package dev.mer4j.samediff;

import dev.mer4j.core.parameter.ParameterView;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A SameDiff graph with a prefix for added names, so that one graph can contain several networks.
 *
 * @param graph the graph
 * @param prefix the prefix of added names; may be empty
 */
public record PrefixedGraph(SameDiff graph, String prefix) {
  /** Returns a graph without a prefix. */
  public static PrefixedGraph unprefixed(SameDiff graph) {
    return new PrefixedGraph(graph, "");
  }

  /** Returns a name with the prefix. */
  public String name(String plain) {
    return prefix + plain;
  }

  /** Adds a placeholder; an extent of -1 is unknown. */
  public SDVariable placeHolder(String name, DataType type, long... shape) {
    return graph.placeHolder(name(name), type, shape);
  }

  /** Adds a variable with the name and shape of a view. */
  public SDVariable variable(ParameterView view) {
    return graph.var(name(view.name()), DataType.FLOAT, shape(view));
  }

  SDVariable constant(String name, INDArray value) {
    return graph.constant(name(name), value);
  }

  static long[] shape(ParameterView view) {
    return view.shape().stream().mapToLong(Integer::longValue).toArray();
  }
}
