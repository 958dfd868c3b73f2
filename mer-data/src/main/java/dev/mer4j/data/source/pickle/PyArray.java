package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.Layout;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.TypeString;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A numpy array, empty until its state is set. */
final class PyArray {
  private static final int MOST_AXES = 32;

  private @Nullable Node array;
  private long[] shape = {};
  private @Nullable List<Object> objects;

  /** Returns the array of numbers or of texts of one size, or null if it is one of objects. */
  @Nullable Node array() {
    return array;
  }

  /** Returns the objects in C order, or null if there are none. */
  @Nullable List<Object> objects() {
    return objects;
  }

  /** Returns whether its state is not set yet. */
  boolean isEmpty() {
    return array == null && objects == null;
  }

  long[] shape() {
    return shape;
  }

  /** Takes (version, shape, type, whether in Fortran order, bytes or list of objects). */
  void setState(PickleArguments state) {
    int first = state.count() == 4 ? 0 : 1;
    shape = state.numbers(first);
    TypeString type = state.get(PyDtype.class, first + 1).type();
    boolean fortran = state.number(first + 2) != 0;
    if (type.isObject()) {
      List<Object> items = state.get(PyList.class, first + 3).items;
      requireCount(shape, items.size());
      array = null;
      objects = items;
    } else {
      ByteSource bytes = state.bytes(first + 3);
      array = type.array(bytes, Layout.dense(bytes, shape, fortran));
      objects = null;
    }
  }

  private static void requireCount(long[] shape, int count) {
    long expected = 1;
    boolean possible = shape.length <= MOST_AXES;
    for (long extent : shape) {
      possible &= extent >= 0 && extent <= Integer.MAX_VALUE;
      expected = possible ? Math.min(expected * extent, Integer.MAX_VALUE) : 0;
    }
    if (!possible || expected != count) {
      throw new PickleFault(
          "corrupt: an array of shape " + Arrays.toString(shape) + " with " + count + " objects");
    }
  }
}
