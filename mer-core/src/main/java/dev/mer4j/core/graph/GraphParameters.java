package dev.mer4j.core.graph;

import dev.mer4j.core.parameter.ParameterView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The part of a model's flat parameters that a graph holds as variables of the same names. */
public final class GraphParameters {
  private final SameDiff graph;
  private final List<ParameterView> views;

  /** The variables must be in the graph, or be added, by the time parameters are loaded. */
  public GraphParameters(SameDiff graph, List<ParameterView> views) {
    GraphThreads.keepToBudget();
    this.graph = graph;
    this.views = List.copyOf(views);
  }

  /** Adds a variable for a view. */
  public static SDVariable variable(SameDiff graph, ParameterView view) {
    return graph.var(view.name(), DataType.FLOAT, shape(view));
  }

  /** The names of the variables. */
  public List<String> names() {
    return views.stream().map(ParameterView::name).toList();
  }

  /** Copies the flat values [P] into the variables. */
  public void load(float[] values) {
    try (ArrayScope scope = new ArrayScope()) {
      for (ParameterView view : views) {
        SDVariable variable = graph.getVariable(view.name());
        if (variable.getArr() == null) {
          variable.setArray(Nd4j.create(DataType.FLOAT, shape(view)));
        }
        float[] slice = new float[view.size()];
        System.arraycopy(values, view.offset(), slice, 0, slice.length);
        variable.getArr().assign(scope.of(slice, shape(view)));
      }
    }
  }

  /** Copies the variables' gradients into their places in the flat gradient [P]. */
  public void unload(Map<String, INDArray> gradients, float[] gradient, ArrayScope scope) {
    for (ParameterView view : views) {
      INDArray array =
          Objects.requireNonNull(gradients.get(view.name()), () -> "no gradient of " + view.name());
      System.arraycopy(scope.values(array), 0, gradient, view.offset(), view.size());
    }
  }

  private static long[] shape(ParameterView view) {
    return view.shape().stream().mapToLong(Integer::longValue).toArray();
  }
}
