package dev.mer4j.data.source.array;

import dev.mer4j.FileException;
import dev.mer4j.file.ReadFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array of numbers that stays in its file: rows are read on demand and converted. A row is an
 * index of the first axis: row n of [N, T, D] is [T, D]. A single number is one row of one number.
 *
 * <p>Memory is 8 MiB at most, or that of one row if larger, whatever the array's size. Not safe for
 * use by several threads, nor are two arrays of one file.
 */
public final class NumericArray implements Node {
  private static final int CHUNK_BYTES = 1 << 16;

  private final ByteSource bytes;
  private final NumberType type;
  private final ByteOrder order;
  private final Layout layout;
  private final RawRows raw;

  private NumericArray(ByteSource bytes, NumberType type, ByteOrder order, Layout layout) {
    this.bytes = bytes;
    this.type = type;
    this.order = order;
    this.layout = layout;
    raw = new RawRows(bytes, type.bytes(), layout);
  }

  /**
   * Returns an array of numbers in memory.
   *
   * @param file that the numbers come from
   * @param shape extents, outermost first
   */
  public static NumericArray of(Path file, double[] numbers, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
    bytes.asDoubleBuffer().put(numbers);
    ByteSource source = new HeapBytes(bytes.array(), 0, file);
    return of(source, NumberType.FLOAT64, ByteOrder.BIG_ENDIAN, Layout.dense(source, shape, false));
  }

  /**
   * Returns an array.
   *
   * @throws ArrayFormatException if its elements lie beyond the bytes, or a dense one does not fill
   *     them
   */
  public static NumericArray of(ByteSource bytes, NumberType type, ByteOrder order, Layout layout) {
    layout.check(bytes, type.bytes());
    return new NumericArray(bytes, type, order, layout);
  }

  public NumberType type() {
    return type;
  }

  /** Returns the extents, outermost first. */
  public long[] shape() {
    return layout.shape().clone();
  }

  /** Returns the number of axes. */
  public int rank() {
    return layout.shape().length;
  }

  /** Returns the number of rows. */
  public long rows() {
    return rank() == 0 ? 1 : layout.shape()[0];
  }

  /** Returns the number of elements of a row. */
  public long rowSize() {
    return raw.rowElements();
  }

  /** Returns the number of elements. */
  public long size() {
    return layout.elements();
  }

  /** Returns a row as an array without the first axis, which shares the bytes. */
  public NumericArray row(long row) {
    Objects.checkIndex(row, rows());
    if (rank() == 0) {
      return this;
    }
    Layout part = layout.rows(row, 1, true);
    if (raw.isScattered()) {
      ByteSource own = raw.rowBytes(row);
      return new NumericArray(own, type, order, Layout.dense(own, part.shape(), false));
    }
    return new NumericArray(bytes, type, order, part);
  }

  /**
   * Reads rows {@code from} to {@code to}, exclusive, in C order, converted to float as Java's
   * casts do; float64 beyond float's range becomes infinite.
   *
   * @throws FileException if reading fails
   */
  public float[] readRows(long from, long to) {
    float[] values = new float[count(from, to)];
    read(from, to, (part, at) -> type.toFloats(part, values, at));
    return values;
  }

  /** Reads rows as {@link #readRows}, into an array from an index on. */
  public void readRows(long from, long to, float[] target, int at) {
    Objects.checkFromIndexSize(at, count(from, to), target.length);
    read(from, to, (part, index) -> type.toFloats(part, target, at + index));
  }

  /** Reads rows as {@link #readRows}, converted to double. */
  public double[] readDoubles(long from, long to) {
    double[] values = new double[count(from, to)];
    read(from, to, (part, at) -> type.toDoubles(part, values, at));
    return values;
  }

  /** Reads rows of integers, exactly. Those of 64 bits without sign keep their bits. */
  public long[] readLongs(long from, long to) {
    long[] values = new long[count(from, to)];
    read(from, to, (part, at) -> type.toLongs(part, values, at));
    return values;
  }

  @Override
  public String describe() {
    return "a " + type + " array " + Arrays.toString(layout.shape());
  }

  @Override
  public String toString() {
    return describe();
  }

  private int count(long from, long to) {
    Objects.checkFromToIndex(from, to, rows());
    if (rowSize() > 0 && to - from > Integer.MAX_VALUE / Long.BYTES / rowSize()) {
      throw new IllegalArgumentException(
          to - from + " rows of " + rowSize() + " numbers are too many for one read");
    }
    return (int) ((to - from) * rowSize());
  }

  private void read(long from, long to, Sink sink) {
    try {
      if (raw.isContiguous()) {
        readContiguous(from, to, sink);
      } else {
        int width = (int) rowSize();
        for (long row = from; row < to && width > 0; row++) {
          sink.accept(raw.row(row).order(order), (int) (row - from) * width);
        }
      }
    } catch (IOException e) {
      throw new FileException(bytes.file(), ReadFailure.reason(bytes.file(), e), e);
    } catch (ArrayFormatException e) {
      throw e.in(bytes.file());
    }
  }

  private void readContiguous(long from, long to, Sink sink) throws IOException {
    int count = (int) ((to - from) * rowSize());
    int most = CHUNK_BYTES / type.bytes();
    ByteBuffer chunk = ByteBuffer.allocate(Math.min(most, count) * type.bytes()).order(order);
    for (int done = 0; done < count; done += most) {
      chunk.clear().limit(Math.min(most, count - done) * type.bytes());
      raw.readRun(from * rowSize() + done, chunk);
      sink.accept(chunk.flip(), done);
    }
  }

  /** Receives numbers in C order. */
  private interface Sink {
    void accept(ByteBuffer numbers, int at);
  }
}
