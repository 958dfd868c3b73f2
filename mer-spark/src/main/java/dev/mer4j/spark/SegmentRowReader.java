package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.store.FeaturePreparation;
import dev.mer4j.data.store.PrepareOptions;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Reads segments from rows. */
final class SegmentRowReader {
  private final InputColumns columns;
  private final int scores;
  private final List<Emotion> labels;
  private final @Nullable PrepareOptions options;
  private final @Nullable FeaturePreparation preparation;

  /**
   * Creates a reader.
   *
   * @param scores the index of the column of scores; -1 without labels
   * @param labels of the scores; empty without labels
   * @param options how to sanitize and truncate features; null to keep them
   */
  SegmentRowReader(
      InputColumns columns, int scores, List<Emotion> labels, @Nullable PrepareOptions options) {
    this.columns = columns;
    this.scores = scores;
    this.labels = labels;
    this.options = options;
    preparation = options == null ? null : new FeaturePreparation(options);
  }

  /**
   * Returns the segment of a row.
   *
   * @throws ConfigException if it has no id, or the features of a modality have no number of rows
   *     or another width
   */
  WindowScorer.Item item(Row row) {
    String id = id(row);
    return new WindowScorer.Item(row, id, segment(row, parsed(id)));
  }

  private static SegmentId parsed(String text) {
    boolean indexed = text.matches("(?s).+\\[\\d{1,9}\\]");
    return indexed ? SegmentId.parse(text) : new SegmentId(text, 0);
  }

  private String id(Row row) {
    Object id = row.get(columns.id());
    if (id == null) {
      throw new ConfigException("a row has no id");
    }
    return id.toString();
  }

  private Segment segment(Row row, SegmentId id) {
    PerModality.Builder<Features> features = PerModality.builder();
    for (InputColumns.Column column : columns.modalities()) {
      if (!row.isNullAt(column.features())) {
        Features read = column.rows() < 0 ? matrix(row, column) : binary(row, column);
        features.put(column.modality(), prepared(column.modality(), read));
      }
    }
    EmotionScores known =
        scores < 0
            ? EmotionScores.UNLABELED
            : SegmentColumns.scores(row.isNullAt(scores) ? null : row.getList(scores), labels);
    return new Segment(id, 0, 0, known, features.build());
  }

  private Features prepared(Modality modality, Features read) {
    if (preparation == null) {
      return read;
    }
    SegmentRows rows =
        new SegmentRows(
            new Rows.Floats(read.width(), read.values()),
            IntStream.range(0, read.steps()).toArray());
    Features prepared = preparation.prepare(modality, rows).features();
    return Objects.requireNonNull(options).precision().round(prepared);
  }

  private Features binary(Row row, InputColumns.Column column) {
    byte[] bytes = row.getAs(column.features());
    long steps = row.isNullAt(column.rows()) ? -1 : ((Number) row.get(column.rows())).longValue();
    if (steps < 0 || bytes.length != steps * column.width() * Float.BYTES) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "row '%s': column '%s' has %d bytes; %s rows of %d float32 are %s",
              id(row),
              column.modality().key(),
              bytes.length,
              steps < 0 ? "an unknown number of" : steps,
              column.width(),
              steps < 0 ? "unknown" : steps * column.width() * Float.BYTES));
    }
    return FeatureBytes.decode(bytes, (int) steps, column.width());
  }

  private Features matrix(Row row, InputColumns.Column column) {
    List<Object> rows = row.getList(column.features());
    float[] values = new float[rows.size() * column.width()];
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
                id(row),
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
