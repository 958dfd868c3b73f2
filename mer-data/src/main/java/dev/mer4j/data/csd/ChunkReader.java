package dev.mer4j.data.csd;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.filter.PipelineFilterWithData;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks of floats, deflated or not, straight into their place; whatever else HDF5 can do to
 * a chunk is left to jHDF.
 */
final class ChunkReader {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final List<List<Integer>> KNOWN =
      List.of(List.of(), List.of(DEFLATE), List.of(SHUFFLE, DEFLATE), List.of(SHUFFLE));
  private static final long LARGEST_CHUNK = 1 << 28;

  private byte[] chunk = new byte[0];
  private byte[] shuffled = new byte[0];
  private byte[] deflated = new byte[0];

  /** Whether the dataset's numbers and filters are among those that are read here. */
  static boolean reads(ChunkedDataset dataset, FloatingPoint type) {
    int[] size = dataset.getChunkDimensions();
    return type.getSize() >= Float.BYTES
        && size.length == 2
        && size[0] > 0
        && size[1] > 0
        && (long) size[0] * size[1] <= LARGEST_CHUNK / type.getSize()
        && KNOWN.contains(filters(dataset));
  }

  private static List<Integer> filters(ChunkedDataset dataset) {
    return dataset.getFilters().stream().map(PipelineFilterWithData::getId).toList();
  }

  /** Returns the values [rows, width]. */
  Rows read(ChunkedDataset dataset, FloatingPoint type, int rows, int width, Spare spare)
      throws IOException {
    int[] size = dataset.getChunkDimensions();
    List<Integer> filters = filters(dataset);
    int bytesEach = type.getSize();
    int bytes = size[0] * size[1] * bytesEach;
    chunk = chunk.length < bytes ? new byte[bytes] : chunk;
    ByteBuffer content = ByteBuffer.wrap(chunk).order(type.getByteOrder());
    FloatBuffer narrow = content.asFloatBuffer();
    DoubleBuffer wide = content.asDoubleBuffer();
    boolean single = bytesEach == Float.BYTES;
    ByteBuffer memory = spare.lend((long) rows * width * bytesEach);
    FloatBuffer floats = single ? floats(memory, rows * width) : FloatBuffer.allocate(0);
    DoubleBuffer doubles = single ? DoubleBuffer.allocate(0) : doubles(memory, rows * width);
    Inflater inflater = new Inflater();
    try {
      for (int top = 0; top < rows; top += size[0]) {
        for (int left = 0; left < width; left += size[1]) {
          ByteBuffer raw = dataset.getRawChunkBuffer(new int[] {top, left});
          unpack(raw, bytes, bytesEach, filters, inflater);
          int columns = Math.min(size[1], width - left);
          for (int row = 0; row < Math.min(size[0], rows - top); row++) {
            int from = row * size[1];
            int to = (top + row) * width + left;
            if (single) {
              floats.put(to, narrow, from, columns);
            } else {
              doubles.put(to, wide, from, columns);
            }
          }
        }
      }
    } finally {
      inflater.end();
    }
    return single ? new Rows.Floats(width, floats) : new Rows.Doubles(width, doubles);
  }

  private static FloatBuffer floats(@Nullable ByteBuffer memory, int count) {
    return memory == null
        ? FloatBuffer.allocate(count)
        : memory.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static DoubleBuffer doubles(@Nullable ByteBuffer memory, int count) {
    return memory == null
        ? DoubleBuffer.allocate(count)
        : memory.order(ByteOrder.nativeOrder()).asDoubleBuffer();
  }

  private void unpack(
      ByteBuffer raw, int bytes, int bytesEach, List<Integer> filters, Inflater inflater)
      throws IOException {
    boolean mixed = filters.contains(SHUFFLE);
    if (mixed && shuffled.length < bytes) {
      shuffled = new byte[bytes];
    }
    byte[] target = mixed ? shuffled : chunk;
    if (filters.contains(DEFLATE)) {
      inflate(raw, target, bytes, inflater);
    } else if (raw.remaining() == bytes) {
      raw.get(target, 0, bytes);
    } else {
      throw new IOException("a chunk has %d bytes, not %d".formatted(raw.remaining(), bytes));
    }
    if (mixed) {
      unshuffle(bytes, bytesEach);
    }
  }

  private void inflate(ByteBuffer raw, byte[] target, int bytes, Inflater inflater)
      throws IOException {
    int length = raw.remaining();
    if (!raw.hasArray() && deflated.length < length) {
      deflated = new byte[length];
    }
    inflater.reset();
    if (raw.hasArray()) {
      inflater.setInput(raw.array(), raw.arrayOffset() + raw.position(), length);
    } else {
      raw.get(deflated, 0, length);
      inflater.setInput(deflated, 0, length);
    }
    try {
      int done = 0;
      while (done < bytes) {
        int part = inflater.inflate(target, done, bytes - done);
        if (part == 0) {
          throw new IOException("a chunk holds %d bytes, not %d".formatted(done, bytes));
        }
        done += part;
      }
      // One more byte makes zlib read on to its checksum, which tells a chunk that is damaged.
      if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
        throw new IOException("a chunk does not end after %d bytes".formatted(bytes));
      }
    } catch (DataFormatException e) {
      throw new IOException("a chunk is damaged: " + e.getMessage(), e);
    }
  }

  /** Puts byte b of every value, which lie side by side, back into their values. */
  private void unshuffle(int bytes, int bytesEach) {
    int count = bytes / bytesEach;
    for (int b = 0; b < bytesEach; b++) {
      for (int i = 0; i < count; i++) {
        chunk[i * bytesEach + b] = shuffled[b * count + i];
      }
    }
  }
}
