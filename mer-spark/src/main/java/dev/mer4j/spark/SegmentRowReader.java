package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** Reads segments from rows. */
final class SegmentRowReader {
  private final int id;
  private final RowFeatures reader;
  private final List<InputColumns.Column> unread;
  private final int scores;
  private final List<Emotion> labels;

  /**
   * Creates a reader.
   *
   * @param id the index of the column of ids
   * @param reader of the features
   * @param unread the columns of modalities that are not read
   * @param scores the index of the column of scores; -1 without labels
   * @param labels of the scores; empty without labels
   */
  SegmentRowReader(
      int id,
      RowFeatures reader,
      List<InputColumns.Column> unread,
      int scores,
      List<Emotion> labels) {
    this.id = id;
    this.reader = reader;
    this.unread = List.copyOf(unread);
    this.scores = scores;
    this.labels = labels;
  }

  /**
   * Returns the segment of a row.
   *
   * @throws ConfigException if it has no id, invalid scores, or features without a number of rows
   *     or of another width
   */
  ScoredItem item(Row row) {
    String own = id(row);
    RowFeatures.Read read = reader.read(row, own);
    PerModality<FeatureView> features = read.features();
    SegmentId parsed = parsed(own);
    SegmentInfo info = new SegmentInfo(parsed, 0, 0, scores(row), features.map(FeatureView::steps));
    return new ScoredItem(
        row,
        own,
        info,
        read.loaded(),
        (modality, target, offset) -> features.get(modality).read(target, offset),
        others(row));
  }

  private static SegmentId parsed(String text) {
    boolean indexed = text.matches("(?s).+\\[\\d{1,9}\\]");
    return indexed ? SegmentId.parse(text) : new SegmentId(text, 0);
  }

  private String id(Row row) {
    Object value = row.get(id);
    if (value == null) {
      throw new ConfigException("a row has no id");
    }
    return value.toString();
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
}
