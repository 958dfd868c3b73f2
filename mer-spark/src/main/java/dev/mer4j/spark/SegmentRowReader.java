package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.store.FeaturePreparation;
import dev.mer4j.data.store.Precision;
import dev.mer4j.data.store.PrepareOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Reads segments from rows. */
final class SegmentRowReader {
  private final InputColumns columns;
  private final List<InputColumns.Column> unread;
  private final int scores;
  private final List<Emotion> labels;
  private final @Nullable PrepareOptions options;

  /**
   * Creates a reader.
   *
   * @param unread the columns of modalities that are not read
   * @param scores the index of the column of scores; -1 without labels
   * @param labels of the scores; empty without labels
   * @param options how to sanitize and truncate features; null to keep them
   */
  SegmentRowReader(
      InputColumns columns,
      List<InputColumns.Column> unread,
      int scores,
      List<Emotion> labels,
      @Nullable PrepareOptions options) {
    this.columns = columns;
    this.unread = List.copyOf(unread);
    this.scores = scores;
    this.labels = labels;
    this.options = options;
  }

  /**
   * Returns the segment of a row.
   *
   * @throws ConfigException if it has no id, invalid scores, or features without a number of rows
   *     or of another width
   */
  ScoredItem item(Row row) {
    String id = id(row);
    PerModality.Builder<FeatureView> builder = PerModality.builder();
    for (InputColumns.Column column : columns.modalities()) {
      if (!row.isNullAt(column.features())) {
        builder.put(column.modality(), features(row, column));
      }
    }
    PerModality<FeatureView> features = builder.build();
    long values = 0;
    for (FeatureView each : features.values()) {
      values += each.size();
    }
    SegmentId parsed = parsed(id);
    SegmentInfo info = new SegmentInfo(parsed, 0, 0, scores(row), features.map(FeatureView::steps));
    return new ScoredItem(
        row,
        id,
        info,
        values,
        (modality, target, offset) -> features.get(modality).read(target, offset),
        others(row));
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

  private EmotionScores scores(Row row) {
    if (scores < 0 || row.isNullAt(scores)) {
      return EmotionScores.UNLABELED;
    }
    List<Float> values = row.getList(scores);
    if (values.size() != labels.size() + 1 || values.contains(null)) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "row '%s': column '%s' is %s; expected the sentiment and a score of each of %s",
              id(row),
              SegmentColumns.SCORES,
              values,
              labels));
    }
    return SegmentColumns.scores(values, labels);
  }

  private ModalitySet others(Row row) {
    if (unread.isEmpty()) {
      return ModalitySet.NONE;
    }
    List<Modality> others = new ArrayList<>();
    for (InputColumns.Column column : unread) {
      if (!row.isNullAt(column.rows())) {
        others.add(column.modality());
      }
    }
    return ModalitySet.of(others);
  }

  private FeatureView features(Row row, InputColumns.Column column) {
    if (column.rows() < 0) {
      Features read = matrix(row, column);
      return FeatureView.of(options == null ? read : prepared(column.modality(), read, options));
    }
    FeatureBytes bytes = binary(row, column);
    return options == null || isPrepared(column.modality(), bytes, options)
        ? bytes
        : FeatureView.of(prepared(column.modality(), bytes.decode(), options));
  }

  /** Returns whether preparation would not change features. */
  private static boolean isPrepared(
      Modality modality, FeatureBytes features, PrepareOptions options) {
    return options.precision() == Precision.FLOAT32
        && features.steps() <= options.steps()
        && features.isWithin(options.sanitize().limitOf(modality));
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

  private FeatureBytes binary(Row row, InputColumns.Column column) {
    byte[] bytes = row.getAs(column.features());
    long steps = row.isNullAt(column.rows()) ? -1 : ((Number) row.get(column.rows())).longValue();
    if (steps < 0 || steps > bytes.length || bytes.length != steps * column.width() * Float.BYTES) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "row '%s': column '%s' has %d bytes; %s",
              id(row),
              column.modality().key(),
              bytes.length,
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

  private Features matrix(Row row, InputColumns.Column column) {
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
