package dev.mer4j.data.source.array;

import java.util.Arrays;

/**
 * The positions of the elements of an array.
 *
 * @param shape extents, outermost first; none for a single number
 * @param strides in elements
 * @param offset of the first element, in elements
 * @param dense whether the elements fill all bytes
 */
public record Layout(long[] shape, long[] strides, long offset, boolean dense) {
  private static final int MOST_AXES = 32;

  /** Returns the layout of an array that fills its bytes, in C or Fortran order. */
  public static Layout dense(ByteSource bytes, long[] shape, boolean fortran) {
    requireShape(bytes, shape);
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = 0; i < shape.length; i++) {
      int axis = fortran ? i : shape.length - 1 - i;
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    return new Layout(shape.clone(), strides, 0, true);
  }

  /**
   * Returns the layout of a view.
   *
   * @throws ArrayFormatException if the shape is impossible or a stride or the offset is negative
   */
  public static Layout strided(ByteSource bytes, long[] shape, long[] strides, long offset) {
    requireShape(bytes, shape);
    boolean negative = offset < 0 || Arrays.stream(strides).anyMatch(stride -> stride < 0);
    if (negative || strides.length != shape.length) {
      throw bytes.fault(
          0,
          "corrupt: a view of shape "
              + Arrays.toString(shape)
              + " with strides "
              + Arrays.toString(strides)
              + " and offset "
              + offset);
    }
    return new Layout(shape.clone(), strides.clone(), offset, false);
  }

  /** Returns the layout with its axes in another order, which names each axis once. */
  public Layout transpose(int[] axes) {
    long[] otherShape = new long[axes.length];
    long[] otherStrides = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      otherShape[i] = shape[axes[i]];
      otherStrides[i] = strides[axes[i]];
    }
    return new Layout(otherShape, otherStrides, offset, dense);
  }

  private static void requireShape(ByteSource bytes, long[] shape) {
    long elements = 1;
    boolean possible = shape.length <= MOST_AXES;
    for (long extent : shape) {
      // As if no extent were 0: the strides are products of the others.
      long factor = Math.max(1, extent);
      possible &= extent >= 0 && elements <= Long.MAX_VALUE / 64 / factor;
      elements = possible ? elements * factor : 1;
    }
    if (!possible) {
      throw bytes.fault(0, "corrupt: impossible shape " + Arrays.toString(shape));
    }
  }

  /** Returns the number of elements. */
  long elements() {
    long product = 1;
    for (long extent : shape) {
      product *= extent;
    }
    return product;
  }

  /**
   * Throws unless the elements fit.
   *
   * @param elementBytes the bytes of an element
   */
  void check(ByteSource bytes, int elementBytes) {
    if (dense
        ? elements() * elementBytes != bytes.length()
        : end() > bytes.length() / elementBytes) {
      throw bytes.fault(
          0,
          (dense ? "truncated or corrupt: an array of shape " : "corrupt: a view of shape ")
              + Arrays.toString(shape)
              + (dense
                  ? " needs " + elements() * elementBytes + " bytes, found " + bytes.length()
                  : " reaches beyond its storage of " + bytes.length() + " bytes")
              + "; download or save the file again");
    }
  }

  /** Returns one more than the last element's index, or {@code Long.MAX_VALUE} on overflow. */
  private long end() {
    if (elements() == 0) {
      return 0;
    }
    long last = offset;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] > 1 && strides[i] > (Long.MAX_VALUE - 1 - last) / (shape[i] - 1)) {
        return Long.MAX_VALUE;
      }
      last += (shape[i] - 1) * strides[i];
    }
    return last + 1;
  }

  /** Returns the layout of some rows, or of one without the first axis. */
  Layout rows(long first, long count, boolean dropAxis) {
    long start = offset + first * strides[0];
    if (dropAxis) {
      int rank = shape.length;
      return new Layout(
          Arrays.copyOfRange(shape, 1, rank), Arrays.copyOfRange(strides, 1, rank), start, false);
    }
    long[] part = shape.clone();
    part[0] = count;
    return new Layout(part, strides, start, false);
  }
}
