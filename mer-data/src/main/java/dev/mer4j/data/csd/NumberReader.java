package dev.mer4j.data.csd;

import dev.mer4j.data.internal.hdf5.Dataset;
import dev.mer4j.data.internal.hdf5.NumberType;
import dev.mer4j.data.internal.hdf5.TableReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** Reads a dataset's numbers in the precision of the file. */
final class NumberReader {
  private final TableReader tables;

  NumberReader(TableReader tables) {
    this.tables = tables;
  }

  /**
   * Returns a numeric dataset's values as a table [n, width].
   *
   * @param spare the buffer to acquire memory from
   */
  Rows read(Dataset dataset, NumberType type, int count, int width, ReusableBuffer spare)
      throws IOException {
    boolean single = type.fitsFloat();
    ByteBuffer memory = spare.acquire((long) count * (single ? Float.BYTES : Double.BYTES));
    if (memory != null && type.isJava() && dataset.isContiguous()) {
      tables.readBytes(dataset, memory.order(type.order()));
      memory.flip();
      return single
          ? new Rows.Floats(width, memory.asFloatBuffer())
          : new Rows.Doubles(width, memory.asDoubleBuffer());
    }
    if (single) {
      FloatBuffer floats =
          memory == null
              ? FloatBuffer.allocate(count)
              : memory.order(ByteOrder.nativeOrder()).asFloatBuffer();
      tables.read(dataset, floats);
      return new Rows.Floats(width, floats);
    }
    DoubleBuffer doubles =
        memory == null
            ? DoubleBuffer.allocate(count)
            : memory.order(ByteOrder.nativeOrder()).asDoubleBuffer();
    tables.read(dataset, doubles);
    return new Rows.Doubles(width, doubles);
  }
}
