package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.store.FeaturePreparation;
import dev.mer4j.data.store.Precision;
import dev.mer4j.data.store.PrepareOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Reads the features of rows, from their columns or from the files to which they refer. */
final class RowFeatures {
  private final InputColumns columns;
  private final List<InputColumns.Column> referred;
  private final @Nullable ParquetFeatures files;
  private final @Nullable PrepareOptions options;

  /**
   * Creates a reader.
   *
   * @param files reads the features that are not in the rows; null if all are
   * @param options how to sanitize and truncate features; null to keep them
   */
  RowFeatures(
      InputColumns columns, @Nullable ParquetFeatures files, @Nullable PrepareOptions options) {
    this.columns = columns;
    referred = columns.referred();
    this.files = files;
    this.options = options;
  }

  /**
   * Features of a row.
   *
   * @param loaded the number of values that were read into memory for them
   */
  record Read(PerModality<FeatureView> features, long loaded) {}

  /**
   * Returns the features of a row.
   *
   * @param id of the row, for messages
   * @throws ConfigException if features have no number of rows or another width, or the row refers
   *     to no file
   * @throws dev.mer4j.MerException if a file cannot be read
   */
  Read read(Row row, String id) {
    long loaded = 0;
    PerModality.Builder<FeatureView> builder = PerModality.builder();
    for (InputColumns.Column column : columns.modalities()) {
      if (column.features() >= 0 && !row.isNullAt(column.features())) {
        FeatureView own = features(row, id, column);
        builder.put(column.modality(), own);
        loaded += own.size();
      }
    }
    if (files != null && !referred.isEmpty()) {
      ParquetRows.Values values = values(files, row, id);
      loaded += values.loaded() / Float.BYTES;
      for (int m = 0; m < referred.size(); m++) {
        ByteBuffer own = values.bytes()[m];
        if (own != null) {
          InputColumns.Column column = referred.get(m);
          builder.put(column.modality(), prepared(column, binary(row, id, column, own)));
        }
      }
    }
    return new Read(builder.build(), loaded);
  }

  private ParquetRows.Values values(ParquetFeatures from, Row row, String id) {
    Row reference = row.isNullAt(columns.references()) ? null : row.getStruct(columns.references());
    if (reference == null || reference.anyNull()) {
      throw new ConfigException(
          String.format(Locale.ROOT, "row '%s' has no reference to its features", id));
    }
    return from.read(reference.getString(0), reference.getLong(1));
  }

  private FeatureView features(Row row, String id, InputColumns.Column column) {
    if (column.rows() < 0) {
      Features read = matrix(row, id, column);
      return FeatureView.of(options == null ? read : prepared(column.modality(), read, options));
    }
    byte[] bytes = row.getAs(column.features());
    return prepared(column, binary(row, id, column, ByteBuffer.wrap(bytes)));
  }

  /** Returns the features as preparation leaves them. */
  private FeatureView prepared(InputColumns.Column column, FeatureBytes bytes) {
    if (options == null) {
      return bytes;
    }
    return options.precision() == Precision.FLOAT32 && bytes.steps() <= options.steps()
        ? new SanitizedBytes(column.modality(), bytes, options)
        : FeatureView.of(prepared(column.modality(), bytes.decode(), options));
  }

  /**
   * Features that preparation may only sanitize. Their values are checked when the model reads
   * them, just before they are copied, so that they come from memory once.
   */
  private record SanitizedBytes(Modality modality, FeatureBytes bytes, PrepareOptions options)
      implements FeatureView {
    @Override
    public int steps() {
      return bytes.steps();
    }

    @Override
    public int size() {
      return bytes.size();
    }

    @Override
    public void read(float[] target, int offset) {
      FeatureView values =
          bytes.isWithin(options.sanitize().limitOf(modality))
              ? bytes
              : FeatureView.of(prepared(modality, bytes.decode(), options));
      values.read(target, offset);
    }
  }

  private static Features prepared(Modality modality, Features read, PrepareOptions options) {
    SegmentRows rows =
        new SegmentRows(
            new Rows.Floats(read.width(), read.values()),
            IntStream.range(0, read.steps()).toArray());
    return options
        .precision()
        .round(new FeaturePreparation(options).prepare(modality, rows).features());
  }

  private static FeatureBytes binary(
      Row row, String id, InputColumns.Column column, ByteBuffer bytes) {
    int length = bytes.remaining();
    long steps = row.isNullAt(column.rows()) ? -1 : ((Number) row.get(column.rows())).longValue();
    if (steps < 0 || steps > length || length != steps * column.width() * Float.BYTES) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "row '%s': column '%s' has %d bytes; %s",
              id,
              column.modality().key(),
              length,
              expected(row, steps, column)));
    }
    return new FeatureBytes((int) steps, column.width(), bytes);
  }

  private static String expected(Row row, long steps, InputColumns.Column column) {
    String rows = SegmentColumns.rows(column.modality());
    if (steps < 0 || steps > Integer.MAX_VALUE) {
      String found = row.isNullAt(column.rows()) ? "absent" : String.valueOf(steps);
      return "their number of rows in column '" + rows + "' is " + found;
    }
    return String.format(
        Locale.ROOT,
        "%d rows of %d float32 are %d",
        steps,
        column.width(),
        steps * column.width() * Float.BYTES);
  }

  private static Features matrix(Row row, String id, InputColumns.Column column) {
    List<Object> rows = row.getList(column.features());
    float[] values = new float[Math.multiplyExact(rows.size(), column.width())];
    for (int t = 0; t < rows.size(); t++) {
      List<?> own =
          rows.get(t) instanceof scala.collection.Seq<?> seq
              ? CollectionConverters.asJava(seq)
              : List.of();
      if (own.size() != column.width() || own.contains(null)) {
        throw new ConfigException(
            String.format(
                Locale.ROOT,
                "row '%s': column '%s' has %d values at step %d; expected %d, none of them null",
                id,
                column.modality().key(),
                own.size(),
                t,
                column.width()));
      }
      for (int d = 0; d < column.width(); d++) {
        values[t * column.width() + d] = (Float) own.get(d);
      }
    }
    return new Features(rows.size(), column.width(), values);
  }
}
