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
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Binary columns of the rows of a Parquet file. */
final class ParquetRows implements AutoCloseable {
  private static final Set<PrimitiveTypeName> BINARY =
      Set.of(PrimitiveTypeName.BINARY, PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);

  private final String name;
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final @Nullable ColumnDescriptor[] columns;
  private @Nullable RowGroup group;

  private ParquetRows(String name, ParquetFileReader reader, List<String> columns) {
    this.name = name;
    this.reader = reader;
    MessageType all = reader.getFileMetaData().getSchema();
    List<Type> fields = new ArrayList<>();
    for (Type field : all.getFields()) {
      if (columns.contains(field.getName())) {
        requireBinary(name, field);
        fields.add(field);
      }
    }
    schema = new MessageType(all.getName(), fields);
    reader.setRequestedSchema(schema);
    this.columns = new ColumnDescriptor[columns.size()];
    Arrays.setAll(
        this.columns,
        c ->
            schema.containsField(columns.get(c))
                ? schema.getColumnDescription(new String[] {columns.get(c)})
                : null);
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
    RowGroup known = group;
    if (known != null && known.has(row)) {
      return new Values(known.read(row), 0);
    }
    long start = 0;
    List<BlockMetaData> groups = reader.getRowGroups();
    for (int i = 0; i < groups.size(); i++) {
      long end = start + groups.get(i).getRowCount();
      if (row >= start && row < end) {
        RowGroup opened =
            new RowGroup(
                start,
                reader.readRowGroup(i),
                schema,
                columns,
                reader.getFileMetaData().getCreatedBy());
        group = opened;
        return new Values(opened.read(row), bytes(groups.get(i)));
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
}
