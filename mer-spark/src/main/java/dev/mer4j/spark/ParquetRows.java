package dev.mer4j.spark;

import dev.mer4j.MerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Binary columns of the rows of a Parquet file, a row group in memory. */
final class ParquetRows implements AutoCloseable {
  private static final Set<PrimitiveTypeName> BINARY =
      Set.of(PrimitiveTypeName.BINARY, PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);

  private final String name;
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final @Nullable ColumnDescriptor[] columns;
  private final @Nullable ColumnReader[] values;
  private long groupEnd;
  private long next;

  private ParquetRows(String name, ParquetFileReader reader, List<String> columns) {
    this.name = name;
    this.reader = reader;
    List<Type> fields = new ArrayList<>();
    for (Type field : reader.getFileMetaData().getSchema().getFields()) {
      if (columns.contains(field.getName())) {
        requireBinary(name, field);
        fields.add(field);
      }
    }
    schema = new MessageType(reader.getFileMetaData().getSchema().getName(), fields);
    reader.setRequestedSchema(schema);
    this.columns = new ColumnDescriptor[columns.size()];
    for (ColumnDescriptor each : schema.getColumns()) {
      this.columns[columns.indexOf(each.getPath()[0])] = each;
    }
    values = new ColumnReader[columns.size()];
  }

  private static void requireBinary(String file, Type field) {
    if (!field.isPrimitive()
        || field.isRepetition(Type.Repetition.REPEATED)
        || !BINARY.contains(field.asPrimitiveType().getPrimitiveTypeName())) {
      throw new MerException(file + ": column '" + field.getName() + "' is not binary: " + field);
    }
  }

  /** Opens a file, which a URI names. */
  static ParquetRows open(Configuration configuration, String file, List<String> columns)
      throws IOException {
    Path path = new Path(URI.create(file));
    HadoopReadOptions.Builder options = HadoopReadOptions.builder(configuration, path);
    if (HadoopSettings.isLocal(configuration, path)) {
      options.withUseHadoopVectoredIo(false);
    }
    ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration), options.build());
    try {
      return new ParquetRows(file, reader, columns);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * Values of a row.
   *
   * @param bytes in the order of the columns; null for absent ones
   * @param loaded the number of bytes that were read into memory for them: those of a row group, or
   *     0 if it was there
   */
  record Values(@Nullable ByteBuffer[] bytes, long loaded) {}

  /** Returns the values of a row. */
  Values read(long row) throws IOException {
    long loaded = row < next || row >= groupEnd ? enter(row) : 0;
    for (; next < row; next++) {
      for (ColumnReader each : values) {
        if (each != null) {
          skip(each);
        }
      }
    }
    next++;
    ByteBuffer[] result = new ByteBuffer[values.length];
    for (int i = 0; i < values.length; i++) {
      ColumnReader each = values[i];
      if (each != null) {
        if (isPresent(each)) {
          result[i] = each.getBinary().toByteBuffer();
        }
        each.consume();
      }
    }
    return new Values(result, loaded);
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

  /** Reads the row group of a row, and returns the number of its bytes. */
  private long enter(long row) throws IOException {
    List<BlockMetaData> groups = reader.getRowGroups();
    long start = 0;
    for (int i = 0; i < groups.size(); i++) {
      long end = start + groups.get(i).getRowCount();
      if (row >= start && row < end) {
        ColumnReadStoreImpl store =
            new ColumnReadStoreImpl(
                reader.readRowGroup(i),
                new Unconverted(),
                schema,
                reader.getFileMetaData().getCreatedBy());
        Arrays.setAll(
            values,
            c -> {
              ColumnDescriptor column = columns[c];
              return column == null ? null : store.getColumnReader(column);
            });
        next = start;
        groupEnd = end;
        return bytes(groups.get(i));
      }
      start = end;
    }
    throw new MerException(name + ": has no row " + row + ", only " + start + " rows");
  }

  private long bytes(BlockMetaData group) {
    long bytes = 0;
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      if (schema.containsPath(chunk.getPath().toArray())) {
        bytes += chunk.getTotalUncompressedSize();
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
