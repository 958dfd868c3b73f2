package dev.mer4j.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Frees ND4J's native arrays where it ends, rather than whenever the garbage collector comes by.
 */
final class ArrayScope implements AutoCloseable {
  private final List<INDArray> arrays = new ArrayList<>();

  /** Copies values into a new array of this shape. */
  INDArray of(float[] values, long... shape) {
    return add(Nd4j.createFromArray(values)).reshape(shape);
  }

  /** Copies values into a new array [n]. */
  INDArray of(int[] values) {
    return add(Nd4j.createFromArray(values));
  }

  /** Takes over arrays that somebody else made. */
  Map<String, INDArray> add(Map<String, INDArray> made) {
    arrays.addAll(made.values());
    return made;
  }

  private INDArray add(INDArray array) {
    arrays.add(array);
    return array;
  }

  /** Copies an array's values, row by row. */
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
