package dev.mer4j.spark;

import java.util.Objects;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;

/** The parameters of {@link EmotionClassificationModel} that name columns. */
abstract class ColumnParams extends Model<EmotionClassificationModel> {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> idCol;
  private final Param<String> featuresCol;
  private final Param<String> probabilityCol;
  private final Param<String> predictionCol;
  private final Param<String> contributionsCol;

  ColumnParams(String uid) {
    this.uid = uid;
    idCol = new Param<>(this, "idCol", "column of ids, which messages name");
    featuresCol =
        new Param<>(
            this,
            "featuresCol",
            "column of references to rows of Parquet files with the features that have no column;"
                + " empty for none");
    probabilityCol =
        new Param<>(this, "probabilityCol", "output column of probabilities; empty to omit it");
    predictionCol =
        new Param<>(this, "predictionCol", "output column of predicted classes; empty to omit it");
    contributionsCol =
        new Param<>(
            this,
            "contributionsCol",
            "output column of the terms of additive fusion; empty to omit it");
    setDefault(idCol, SegmentColumns.ID);
    setDefault(featuresCol, "");
    setDefault(probabilityCol, "probability");
    setDefault(predictionCol, "prediction");
    setDefault(contributionsCol, "");
  }

  /** Returns this transformer, the result of setters. */
  abstract EmotionClassificationModel self();

  final <T> T value(Param<T> param) {
    return Objects.requireNonNull(getOrDefault(param));
  }

  final OutputColumns outputs() {
    return new OutputColumns(getProbabilityCol(), getPredictionCol(), getContributionsCol(), "");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns the parameter {@code idCol}. Defaults to {@code id}. */
  public Param<String> idCol() {
    return idCol;
  }

  /** Returns the value of {@link #idCol}. */
  public String getIdCol() {
    return value(idCol);
  }

  /** Sets the column of ids. Its values are converted to strings. */
  public EmotionClassificationModel setIdCol(String value) {
    set(idCol, value);
    return self();
  }

  /** Returns the parameter {@code featuresCol}. Defaults to empty. */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** Returns the value of {@link #featuresCol}. */
  public String getFeaturesCol() {
    return value(featuresCol);
  }

  /**
   * Sets the column of references to features, as {@link SegmentFiles#read} returns it: {@code
   * struct<file: string, row: bigint>}, the URI of a Parquet file and the index of a row. Tasks
   * read there the binary features of modalities that have no column; empty to require a column of
   * each.
   */
  public EmotionClassificationModel setFeaturesCol(String value) {
    set(featuresCol, value);
    return self();
  }

  /** Returns the parameter {@code probabilityCol}. Defaults to {@code probability}. */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /** Returns the value of {@link #probabilityCol}. */
  public String getProbabilityCol() {
    return value(probabilityCol);
  }

  /** Sets the output column of probabilities, a vector [C]; empty to omit it. */
  public EmotionClassificationModel setProbabilityCol(String value) {
    set(probabilityCol, value);
    return self();
  }

  /** Returns the parameter {@code predictionCol}. Defaults to {@code prediction}. */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** Returns the value of {@link #predictionCol}. */
  public String getPredictionCol() {
    return value(predictionCol);
  }

  /** Sets the output column of predicted classes, {@code array<string>}; empty to omit it. */
  public EmotionClassificationModel setPredictionCol(String value) {
    set(predictionCol, value);
    return self();
  }

  /** Returns the parameter {@code contributionsCol}. Defaults to empty. */
  public Param<String> contributionsCol() {
    return contributionsCol;
  }

  /** Returns the value of {@link #contributionsCol}. */
  public String getContributionsCol() {
    return value(contributionsCol);
  }

  /**
   * Sets the output column of the terms of additive fusion, {@code struct<bias: array<double>,
   * terms: map<string, array<double>>>} with values [C]; empty to omit it. Null with other fusions.
   */
  public EmotionClassificationModel setContributionsCol(String value) {
    set(contributionsCol, value);
    return self();
  }
}
