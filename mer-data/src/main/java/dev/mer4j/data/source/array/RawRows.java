package dev.mer4j.data.source.array;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Reads elements of any layout in C order, as bytes.
 *
 * <p>Rows that are scattered, as in Fortran order, are gathered in blocks of many rows, of which
 * the last is kept while memory lasts, so that reading row by row does not seek for every number.
 */
final class RawRows {
  private static final int BLOCK_BYTES = 1 << 23;

  /** The longest gap between two elements that is read over. */
  private static final int GAP = 64;

  private final ByteSource bytes;
  private final int size;
  private final Layout layout;
  private final long rowElements;
  private SoftReference<byte[]> kept = new SoftReference<>(null);
  private long blockFirst;
  private long blockRows;

  RawRows(ByteSource bytes, int elementBytes, Layout layout) {
    this.bytes = bytes;
    size = elementBytes;
    this.layout = layout;
    long elements = 1;
    for (int i = 1; i < layout.shape().length; i++) {
      elements *= layout.shape()[i];
    }
    rowElements = elements;
  }

  /** Returns the number of elements of a row. */
  long rowElements() {
    return rowElements;
  }

  /** Returns whether rows follow each other in C order without gaps. */
  boolean isContiguous() {
    long expected = 1;
    for (int i = layout.shape().length - 1; i >= 0; i--) {
      if (layout.shape()[i] != 1 && layout.strides()[i] != expected) {
        return false;
      }
      expected *= layout.shape()[i];
    }
    return true;
  }

  /**
   * Returns whether the elements of a row are farther from each other than from those of the next
   * rows, as in Fortran order, and a row is less than 2 GiB.
   */
  boolean isScattered() {
    return rowElements > 1
        && rowElements <= Integer.MAX_VALUE / size
        && layout.shape()[0] > 1
        && innermost(layout) == 0;
  }

  /** Returns the bytes of a row, which is read with the rows near it. */
  ByteSource rowBytes(long row) {
    return new Row(this, row, rowElements * size);
  }

  /** The bytes of a row in C order. */
  private record Row(RawRows rows, long row, long length) implements ByteSource {
    @Override
    public void read(long position, ByteBuffer target) throws IOException {
      checkRange(position, target.remaining());
      ByteBuffer all = rows.row(row);
      target.put(all.slice(all.position() + (int) position, target.remaining()));
    }

    /** Returns the position of the first element. */
    @Override
    public long offset(long position) {
      Layout layout = rows.layout;
      return rows.bytes.offset((layout.offset() + row * layout.strides()[0]) * rows.size);
    }

    @Override
    public Path file() {
      return rows.bytes.file();
    }
  }

  /** Reads contiguous elements from the one with this index in C order. */
  void readRun(long element, ByteBuffer target) throws IOException {
    bytes.read((layout.offset() + element) * size, target);
  }

  /** Reads one row of at most 2 GiB. */
  ByteBuffer row(long row) throws IOException {
    int rowBytes = Math.toIntExact(rowElements * size);
    byte[] block = kept.get();
    if (block == null || row < blockFirst || row >= blockFirst + blockRows) {
      long rows = layout.shape().length == 0 ? 1 : layout.shape()[0];
      long most = Math.max(1, BLOCK_BYTES / Math.max(1, rowBytes));
      long first = row - row % most;
      long count = Math.min(most, rows - first);
      kept.clear();
      if (block == null || block.length < count * rowBytes) {
        block = new byte[(int) (count * rowBytes)];
      }
      gather(layout.shape().length == 0 ? layout : layout.rows(first, count, false), block);
      kept = new SoftReference<>(block);
      blockFirst = first;
      blockRows = count;
    }
    return ByteBuffer.wrap(block, (int) (row - blockFirst) * rowBytes, rowBytes);
  }

  private void gather(Layout part, byte[] block) throws IOException {
    if (part.elements() == 0) {
      return;
    }
    int rank = part.shape().length;
    int inner = innermost(part);
    long[] out = new long[rank];
    long stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      out[i] = stride;
      stride *= part.shape()[i];
    }
    int[] outer = outermostFirst(part, inner);
    long[] index = new long[rank];
    while (true) {
      long from = part.offset();
      long to = 0;
      for (int i = 0; i < rank; i++) {
        from += index[i] * part.strides()[i];
        to += index[i] * out[i];
      }
      if (inner < 0) {
        copy(from, 1, 1, block, (int) to, 1);
      } else {
        copy(
            from,
            (int) part.shape()[inner],
            part.strides()[inner],
            block,
            (int) to,
            (int) out[inner]);
      }
      int at = outer.length - 1;
      while (at >= 0 && ++index[outer[at]] == part.shape()[outer[at]]) {
        index[outer[at]] = 0;
        at--;
      }
      if (at < 0) {
        return;
      }
    }
  }

  /** Returns the other axes in the order in which the file is read from its start to its end. */
  private static int[] outermostFirst(Layout part, int inner) {
    return IntStream.range(0, part.shape().length)
        .filter(axis -> axis != inner)
        .boxed()
        .sorted(Comparator.comparing(axis -> -part.strides()[axis]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns the axis along which elements lie closest, or -1 if there is none. */
  private static int innermost(Layout part) {
    int inner = -1;
    for (int i = part.shape().length - 1; i >= 0; i--) {
      if (part.shape()[i] > 1 && (inner < 0 || part.strides()[i] < part.strides()[inner])) {
        inner = i;
      }
    }
    return inner;
  }

  /** Copies elements at one stride in the file to another stride in the block. */
  private void copy(long from, int count, long stride, byte[] block, int to, int outStride)
      throws IOException {
    if (stride == 1 && outStride == 1) {
      bytes.read(from * size, ByteBuffer.wrap(block, to * size, count * size));
      return;
    }
    if (stride > GAP) {
      for (int i = 0; i < count; i++) {
        ByteBuffer target = ByteBuffer.wrap(block, (to + i * outStride) * size, size);
        bytes.read((from + i * stride) * size, target);
      }
      return;
    }
    int step = (int) stride;
    int most = 1 << 13;
    for (int done = 0; done < count; done += most) {
      int part = Math.min(most, count - done);
      byte[] span = bytes.bytes((from + (long) done * step) * size, ((part - 1) * step + 1) * size);
      for (int i = 0; i < part; i++) {
        System.arraycopy(span, i * step * size, block, (to + (done + i) * outStride) * size, size);
      }
    }
  }
}
