package dev.mer4j.core.parameter;

import java.util.List;

/**
 * The position of one tensor in the flat array.
 *
 * @param name the name in PyTorch's style, such as {@code encoders.text.weight_ih_l0}
 * @param shape row-major
 * @param offset the index of its first value
 */
public record ParameterView(String name, List<Integer> shape, int offset) {
  public ParameterView {
    shape = List.copyOf(shape);
  }

  /** Returns the number of values. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
