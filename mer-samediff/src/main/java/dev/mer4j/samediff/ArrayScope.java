package dev.mer4j.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Frees ND4J's native arrays when closed, instead of when they are garbage collected. */
final class ArrayScope implements AutoCloseable {
  private final List<INDArray> arrays = new ArrayList<>();

  /** Returns a new array of a shape with a copy of the values. */
  INDArray of(float[] values, long... shape) {
    return add(Nd4j.createFromArray(values)).reshape(shape);
  }

  /** Returns a new array [n] with a copy of the values. */
  INDArray of(int[] values) {
    return add(Nd4j.createFromArray(values));
  }

  /** Adds existing arrays to this scope. */
  Map<String, INDArray> add(Map<String, INDArray> existing) {
    arrays.addAll(existing.values());
    return existing;
  }

  private INDArray add(INDArray array) {
    arrays.add(array);
    return array;
  }

  /** Returns a copy of an array's values in row-major order. */
  float[] values(INDArray array) {
    return add(array.dup('c')).data().asFloat();
  }

  @Override
  public void close() {
    for (INDArray array : arrays) {
      if (array.closeable()) {
        array.close();
      }
    }
    arrays.clear();
  }
}
