package dev.mer4j.spark;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of segments: {@code id}, {@code split}, {@code group}, {@code start} and {@code end}
 * in seconds, {@code scores}, and for each modality its features [T, D] as little-endian float32
 * and the number of rows T, both null if it is absent. {@code scores} has the sentiment and a score
 * of each label, whose names are in the column's metadata; it is null without labels.
 */
final class SegmentColumns {
  static final String ID = "id";
  static final String SCORES = "scores";

  /** The number of columns before those of the modalities. */
  private static final int FIXED = 6;

  private static final String LABELS = "mer4j.labels";

  private SegmentColumns() {}

  /** Returns the name of the column with the number of rows of a modality. */
  static String rows(Modality modality) {
    return modality.key() + "_rows";
  }

  /** Returns the columns of a data set. */
  static StructType schema(List<Modality> modalities, List<Emotion> labels) {
    Metadata names =
        new MetadataBuilder()
            .putStringArray(LABELS, labels.stream().map(Emotion::key).toArray(String[]::new))
            .build();
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField(ID, DataTypes.StringType, false));
    fields.add(DataTypes.createStructField("split", DataTypes.StringType, false));
    fields.add(DataTypes.createStructField("group", DataTypes.StringType, false));
    fields.add(DataTypes.createStructField("start", DataTypes.DoubleType, false));
    fields.add(DataTypes.createStructField("end", DataTypes.DoubleType, false));
    fields.add(
        DataTypes.createStructField(
            SCORES, DataTypes.createArrayType(DataTypes.FloatType, false), true, names));
    for (Modality modality : modalities) {
      fields.add(DataTypes.createStructField(modality.key(), DataTypes.BinaryType, true));
      fields.add(DataTypes.createStructField(rows(modality), DataTypes.IntegerType, true));
    }
    return DataTypes.createStructType(fields);
  }

  /** Returns rows with the metadata of their schema, which {@code mapPartitions} drops. */
  static Dataset<Row> withMetadata(Dataset<Row> rows, StructType schema) {
    Dataset<Row> result = rows;
    for (StructField field : schema.fields()) {
      if (!field.metadata().equals(Metadata.empty())) {
        result = result.withMetadata(field.name(), field.metadata());
      }
    }
    return result;
  }

  /** Returns the labels of the column of scores; empty if a schema has no such column. */
  static List<Emotion> labels(StructType schema) {
    for (StructField field : schema.fields()) {
      if (field.name().equals(SCORES) && field.metadata().contains(LABELS)) {
        return Emotion.listOf(field.metadata().getStringArray(LABELS));
      }
    }
    return List.of();
  }

  /**
   * Returns the row of a segment.
   *
   * @param modalities those of the {@link #schema}
   * @param features returns those of a modality that the segment has
   */
  static Row row(
      SegmentInfo info,
      Split split,
      List<Modality> modalities,
      Function<Modality, Features> features) {
    Object[] values = new Object[FIXED + 2 * modalities.size()];
    values[0] = info.id().toString();
    values[1] = split.key();
    values[2] = info.group();
    values[3] = info.start();
    values[4] = info.end();
    values[5] = scores(info.scores());
    int at = FIXED;
    for (Modality modality : modalities) {
      if (info.steps().has(modality)) {
        Features own = features.apply(modality);
        values[at] = FeatureBytes.encode(own);
        values[at + 1] = own.steps();
      }
      at += 2;
    }
    return RowFactory.create(values);
  }

  /** Returns the row of a segment without its features. */
  static Row row(SegmentInfo info, Split split) {
    return row(
        info,
        split,
        List.of(),
        modality -> {
          throw new IllegalStateException(modality.key());
        });
  }

  private static Float @Nullable [] scores(EmotionScores scores) {
    if (!scores.isLabeled()) {
      return null;
    }
    Float[] values = new Float[1 + scores.labels().size()];
    values[0] = scores.sentiment();
    for (int c = 0; c < scores.labels().size(); c++) {
      values[c + 1] = scores.of(c);
    }
    return values;
  }

  /**
   * Returns the scores of a row.
   *
   * @param values the sentiment and a score of each label
   */
  static EmotionScores scores(List<Float> values, List<Emotion> labels) {
    EmotionScores.Builder scores = EmotionScores.builder(labels).sentiment(values.get(0));
    for (int c = 0; c < labels.size(); c++) {
      scores.score(labels.get(c), values.get(c + 1));
    }
    return scores.build();
  }
}
