package dev.mer4j.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Binary columns of a row group in memory, which is read forward. */
final class RowGroup {
  private final long end;
  private final @Nullable ColumnReader[] values;
  private long next;

  /**
   * Creates a reader.
   *
   * @param start the index in the file of the group's first row
   * @param schema of the pages
   * @param columns to read; null for one that the file does not have
   * @param writer the program that wrote the file
   */
  RowGroup(
      long start,
      PageReadStore pages,
      MessageType schema,
      @Nullable ColumnDescriptor[] columns,
      String writer) {
    next = start;
    end = start + pages.getRowCount();
    ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages, new Unconverted(), schema, writer);
    values = new ColumnReader[columns.length];
    Arrays.setAll(
        values,
        c -> {
          ColumnDescriptor column = columns[c];
          return column == null ? null : store.getColumnReader(column);
        });
  }

  /** Returns whether a row is here and was not passed. */
  boolean has(long row) {
    return row >= next && row < end;
  }

  /** Returns the values of a row, in the order of the columns; null for absent ones. */
  @Nullable ByteBuffer[] read(long row) {
    for (; next < row; next++) {
      for (ColumnReader each : values) {
        if (each != null) {
          skip(each);
        }
      }
    }
    next++;
    @Nullable ByteBuffer[] result = new ByteBuffer[values.length];
    for (int i = 0; i < values.length; i++) {
      ColumnReader each = values[i];
      if (each != null) {
        if (isPresent(each)) {
          result[i] = each.getBinary().toByteBuffer();
        }
        each.consume();
      }
    }
    return result;
  }

  private static void skip(ColumnReader column) {
    if (isPresent(column)) {
      column.skip();
    }
    column.consume();
  }

  private static boolean isPresent(ColumnReader column) {
    return column.getCurrentDefinitionLevel() == column.getDescriptor().getMaxDefinitionLevel();
  }

  /** Values are read from the columns, not by conversion of records. */
  private static final class Unconverted extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
