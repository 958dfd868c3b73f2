package dev.mer4j.samediff;

import dev.mer4j.core.parameter.ParameterView;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A SameDiff graph, and a prefix of the names of what is added to it, so that several networks fit
 * in one graph.
 *
 * @param graph the graph
 * @param prefix may be empty
 */
public record PrefixedGraph(SameDiff graph, String prefix) {
  /** A graph whose names have no prefix. */
  public static PrefixedGraph unprefixed(SameDiff graph) {
    return new PrefixedGraph(graph, "");
  }

  /** Returns a name with the prefix. */
  public String name(String plain) {
    return prefix + plain;
  }

  /** Adds a placeholder; extents of -1 are unknown. */
  public SDVariable placeHolder(String name, DataType type, long... shape) {
    return graph.placeHolder(name(name), type, shape);
  }

  /** Adds a variable for a view, named as the view. */
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
