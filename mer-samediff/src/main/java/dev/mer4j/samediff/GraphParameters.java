package dev.mer4j.samediff;

import dev.mer4j.core.parameter.ParameterView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies a subset of a model's parameters to variables of a graph with the same, prefixed names.
 */
final class GraphParameters {
  private final PrefixedGraph target;
  private final List<ParameterView> views;

  /** Creates a copier; the variables must exist when parameters are loaded. */
  GraphParameters(PrefixedGraph target, List<ParameterView> views) {
    GraphThreads.applyBudget();
    this.target = target;
    this.views = List.copyOf(views);
  }

  /** Returns the names of the variables. */
  List<String> names() {
    return views.stream().map(view -> target.name(view.name())).toList();
  }

  /** Copies the flat values [P] to the variables. */
  void load(float[] values) {
    try (ArrayScope scope = new ArrayScope()) {
      for (ParameterView view : views) {
        SDVariable variable = target.graph().getVariable(target.name(view.name()));
        if (variable.getArr() == null) {
          variable.setArray(Nd4j.create(DataType.FLOAT, PrefixedGraph.shape(view)));
        }
        float[] slice = new float[view.size()];
        System.arraycopy(values, view.offset(), slice, 0, slice.length);
        variable.getArr().assign(scope.of(slice, PrefixedGraph.shape(view)));
      }
    }
  }

  /** Copies the variables' gradients to the flat gradient [P]. */
  void unload(Map<String, INDArray> gradients, float[] gradient, ArrayScope scope) {
    for (ParameterView view : views) {
      String name = target.name(view.name());
      INDArray array = Objects.requireNonNull(gradients.get(name), () -> "no gradient of " + name);
      System.arraycopy(scope.values(array), 0, gradient, view.offset(), view.size());
    }
  }
}
