package dev.mer4j.core.parameter;

import java.util.List;

/**
 * Where one tensor lives in the flat array.
 *
 * @param name as PyTorch would call it, such as {@code encoders.text.weight_ih_l0}
 * @param shape row-major
 * @param offset of its first value
 */
public record ParameterView(String name, List<Integer> shape, int offset) {
  public ParameterView {
    shape = List.copyOf(shape);
  }

  /** The number of values. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
