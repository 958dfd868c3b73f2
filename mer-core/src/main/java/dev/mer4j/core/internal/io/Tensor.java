package dev.mer4j.core.internal.io;

import java.util.List;
import java.util.Locale;

/**
 * A named tensor in a file.
 *
 * @param shape row-major
 */
public record Tensor(String name, List<Integer> shape, float[] values) {
  public Tensor {
    shape = List.copyOf(shape);
    if (shape.stream().reduce(1, Math::multiplyExact) != values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "tensor %s %s cannot hold %d values", name, shape, values.length));
    }
  }
}
