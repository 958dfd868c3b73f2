package dev.mer4j.data.csd;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.DataLayout;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;

/**
 * Reads a dataset's numbers: floats in bulk, contiguous or by the chunk, and others through jHDF.
 */
final class NumberReader {
  private static final int BUFFER = 1 << 18;

  private final FileChannel channel;
  private final long baseAddress;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final ChunkReader chunks = new ChunkReader();

  NumberReader(FileChannel channel, long baseAddress) {
    this.channel = channel;
    this.baseAddress = baseAddress;
  }

  static boolean numeric(DataType type) {
    return type instanceof FloatingPoint || type instanceof FixedPoint;
  }

  static String typeName(DataType type) {
    int bits = 8 * type.getSize();
    if (type instanceof FloatingPoint) {
      return "float" + bits;
    }
    if (type instanceof FixedPoint) {
      return "int" + bits;
    }
    return type instanceof StringData || type instanceof VariableLength
        ? "string"
        : type.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns a numeric dataset's values as a table [n, width].
   *
   * @param spare where to take an array from
   */
  Rows read(Dataset dataset, int width, Spare spare) throws IOException {
    if (dataset.getSize() == 0) {
      return new Rows.Floats(width, new float[0]);
    }
    if (dataset.getDataLayout() == DataLayout.CONTIGUOUS
        && dataset.getDataType() instanceof FloatingPoint type
        && type.getSize() >= Float.BYTES
        && !dataset.isEmpty()) {
      return bulk((ContiguousDataset) dataset, type, width, spare);
    }
    if (dataset instanceof ChunkedDataset chunked
        && dataset.getDataType() instanceof FloatingPoint type
        && ChunkReader.reads(chunked, type)) {
      return chunks.read(chunked, type, Math.toIntExact(dataset.getSize()) / width, width, spare);
    }
    Object flat = dataset.getDataFlat();
    if (flat == null || Array.getLength(flat) != dataset.getSize()) {
      throw new EOFException("its values were never written");
    }
    if (flat instanceof float[] floats) {
      return new Rows.Floats(width, floats);
    }
    if (flat instanceof double[] doubles) {
      return new Rows.Doubles(width, doubles);
    }
    double[] doubles = new double[Array.getLength(flat)];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = ((Number) Array.get(flat, i)).doubleValue();
    }
    return new Rows.Doubles(width, doubles);
  }

  private Rows bulk(ContiguousDataset dataset, FloatingPoint type, int width, Spare spare)
      throws IOException {
    int count = Math.toIntExact(dataset.getSize());
    long position = baseAddress + dataset.getDataAddress();
    if (dataset.getDataAddress() < 0
        || position < 0
        || position + (long) count * type.getSize() > channel.size()) {
      throw new EOFException("the data lie beyond the end of the file");
    }
    ByteBuffer memory = spare.lend((long) count * type.getSize());
    if (memory != null) {
      memory.order(type.getByteOrder());
      fill(memory, position);
      return type.getSize() == Float.BYTES
          ? new Rows.Floats(width, memory.asFloatBuffer())
          : new Rows.Doubles(width, memory.asDoubleBuffer());
    }
    buffer.order(type.getByteOrder());
    return type.getSize() == Float.BYTES
        ? new Rows.Floats(width, floats(position, count))
        : new Rows.Doubles(width, doubles(position, count));
  }

  private float[] floats(long position, int count) throws IOException {
    float[] values = new float[count];
    for (int done = 0; done < count; done += BUFFER / Float.BYTES) {
      int part = Math.min(count - done, BUFFER / Float.BYTES);
      fill(buffer.clear().limit(part * Float.BYTES), position + (long) done * Float.BYTES);
      buffer.asFloatBuffer().get(values, done, part);
    }
    return values;
  }

  private double[] doubles(long position, int count) throws IOException {
    double[] values = new double[count];
    for (int done = 0; done < count; done += BUFFER / Double.BYTES) {
      int part = Math.min(count - done, BUFFER / Double.BYTES);
      fill(buffer.clear().limit(part * Double.BYTES), position + (long) done * Double.BYTES);
      buffer.asDoubleBuffer().get(values, done, part);
    }
    return values;
  }

  /** Fills the buffer up to its limit with what the file has from a position on. */
  private void fill(ByteBuffer target, long position) throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        throw new EOFException("the data lie beyond the end of the file");
      }
    }
    target.flip();
  }
}
