package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.store.PrepareOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A trained model of mer4j as a transformer of Spark's pipelines. It only predicts.
 *
 * <p>Each available modality m of the model has the column {@code m}: either {@code binary}, the
 * features [T, D] as little-endian float32, with T in the column {@code m_rows}; or {@code
 * array<array<float>>}. Null means that the modality is absent. The predictions have the same bits
 * as those of {@link dev.mer4j.core.MultimodalModel#predict} on the same backend, in the same order
 * as the rows, whatever the partitions and {@code batchSize}.
 *
 * <p>The model is broadcast once per application, and loaded once per executor JVM. A model whose
 * predictions depend on the order of segments (one with {@link ModelConfig#paddedBatch()}) is
 * refused.
 */
public final class EmotionClassificationModel extends Model<EmotionClassificationModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  /** The default of {@code batchSize}. */
  private static final int BATCH_SIZE = 1024;

  private static final int MOST_THREADS = 999;

  private final String uid;
  private @Nullable SharedModel model;

  private final Param<String> idCol;
  private final Param<String> probabilityCol;
  private final Param<String> predictionCol;
  private final Param<String> contributionsCol;
  private final StringArrayParam available;
  private final IntParam batchSize;
  private final Param<String> backend;
  private final IntParam threads;
  private final Param<String> preparation;

  /** Creates a transformer without a model, for {@link #read}. */
  public EmotionClassificationModel(String uid) {
    this.uid = uid;
    idCol = new Param<>(this, "idCol", "column of ids, which messages name");
    probabilityCol =
        new Param<>(this, "probabilityCol", "output column of probabilities; empty to omit it");
    predictionCol =
        new Param<>(this, "predictionCol", "output column of predicted classes; empty to omit it");
    contributionsCol =
        new Param<>(
            this,
            "contributionsCol",
            "output column of the terms of additive fusion; empty to omit it");
    available =
        new StringArrayParam(
            this, "available", "modalities that the model may use; empty for all that it reads");
    batchSize = new IntParam(this, "batchSize", "rows predicted together", ParamValidators.gtEq(1));
    backend = new Param<>(this, "backend", "compute backend; empty for the preferred one");
    threads =
        new IntParam(
            this,
            "threads",
            "threads of a task; 0 for spark.task.cpus",
            ParamValidators.inRange(0, MOST_THREADS));
    preparation =
        new Param<>(
            this,
            "preparation",
            "JSON of options to sanitize and truncate features; empty to refuse NaN and infinity");
    setDefault(idCol, SegmentColumns.ID);
    setDefault(probabilityCol, "probability");
    setDefault(predictionCol, "prediction");
    setDefault(contributionsCol, "");
    setDefault(available, new String[0]);
    setDefault(batchSize, BATCH_SIZE);
    setDefault(backend, "");
    setDefault(threads, 0);
    setDefault(preparation, "");
  }

  private EmotionClassificationModel(String uid, SharedModel model) {
    this(uid);
    this.model = model;
  }

  /**
   * Returns a transformer of a model folder, such as {@code run/model}.
   *
   * @param folder a folder that {@link dev.mer4j.core.MultimodalModel#save} wrote, on the driver
   * @throws dev.mer4j.FileException if it cannot be read
   */
  public static EmotionClassificationModel of(Path folder) {
    return new EmotionClassificationModel(
        Identifiable.randomUID("mer4j"), new SharedModel(ModelBytes.read(folder)));
  }

  /** Returns a reader of transformers that {@link #write} wrote. */
  public static MLReader<EmotionClassificationModel> read() {
    return new ModelReader();
  }

  /** Reads a transformer that {@link #save} wrote. */
  public static EmotionClassificationModel load(String path) {
    return read().load(path);
  }

  /**
   * Returns a writer of Spark's metadata in {@code metadata} and of the unchanged model folder in
   * {@code model}.
   */
  @Override
  public MLWriter write() {
    return new ModelWriter(DefaultParamsWritable.super.write(), model().bytes());
  }

  EmotionClassificationModel withModel(ModelBytes bytes) {
    model = new SharedModel(bytes);
    return this;
  }

  private SharedModel model() {
    if (model == null) {
      throw new IllegalStateException("the transformer has no model; use of(Path) or load(String)");
    }
    return model;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns the configuration of the model. */
  public ModelConfig config() {
    return model().config();
  }

  @Override
  public EmotionClassificationModel copy(ParamMap extra) {
    EmotionClassificationModel copy =
        model == null
            ? new EmotionClassificationModel(uid)
            : new EmotionClassificationModel(uid, model);
    return copyValues(copy, extra);
  }

  /**
   * Returns the schema with the output columns.
   *
   * @throws ConfigException naming every missing column, wrong type and invalid parameter
   */
  @Override
  public StructType transformSchema(StructType schema) {
    OutputColumns outputs = outputs();
    List<String> problems = problems(schema);
    Set<String> names = new HashSet<>(Arrays.asList(schema.fieldNames()));
    outputs.fields().stream()
        .filter(field -> !names.add(field.name()))
        .forEach(field -> problems.add("column '" + field.name() + "' exists already"));
    ConfigException.throwIfAny("columns", problems);
    StructType result = schema;
    for (var field : outputs.fields()) {
      result = result.add(field);
    }
    return result;
  }

  private List<String> problems(StructType schema) {
    List<String> problems = new ArrayList<>();
    ScoringOptions options = options();
    collect(
        problems,
        () -> {
          var unused = options.prepareOptions();
        });
    collect(
        problems,
        () ->
            problems.addAll(
                InputColumns.problems(
                    schema, options.idCol(), config(), options.available(config()))));
    if (config().paddedBatch() > 0) {
      problems.add(
          "the model reads the padding of its batches (paddedBatch), so its predictions depend on"
              + " the order of segments, which a cluster does not keep; use mer predict");
    }
    return problems;
  }

  private static void collect(List<String> problems, Runnable check) {
    try {
      check.run();
    } catch (ConfigException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return score(dataset, new ScoringOutput(outputs(), null, List.of(), null));
  }

  /** Scores rows of a schema that {@link #transformSchema} accepts. */
  Dataset<Row> score(Dataset<?> dataset, ScoringOutput output) {
    ScoringFunction function =
        new ScoringFunction(
            model().broadcast(dataset.sparkSession()), dataset.schema(), options(), output);
    StructType schema = function.schemaOfOutput();
    return SegmentColumns.withMetadata(
        dataset.toDF().mapPartitions(function, Encoders.row(schema)), schema);
  }

  /**
   * Returns the function that scores segments of data that are not rows.
   *
   * @param widths D of each modality of the data
   * @param labels of the data
   * @throws ConfigException if the model cannot score them
   */
  ScoringFunction scoring(
      SparkSession session,
      PerModality<Integer> widths,
      List<Emotion> labels,
      ScoringOutput output) {
    InputColumns.requireWidths(config().inputs(), widths);
    transformSchema(SegmentColumns.schema(config().inputs().modalities(), labels));
    return new ScoringFunction(
        model().broadcast(session), SegmentColumns.schema(List.of(), labels), options(), output);
  }

  private OutputColumns outputs() {
    return new OutputColumns(getProbabilityCol(), getPredictionCol(), getContributionsCol(), "");
  }

  ScoringOptions options() {
    return new ScoringOptions(
        getIdCol(),
        List.of(getAvailable()),
        getBatchSize(),
        getBackend(),
        getThreads(),
        getPreparation());
  }

  private <T> T value(Param<T> param) {
    return Objects.requireNonNull(getOrDefault(param));
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
    return this;
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
    return this;
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
    return this;
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
    return this;
  }

  /** Returns the parameter {@code available}. Defaults to all modalities that the model reads. */
  public StringArrayParam available() {
    return available;
  }

  /** Returns the value of {@link #available}. */
  public String[] getAvailable() {
    return value(available);
  }

  /** Sets the modalities that the model may use; those that are left out need no column. */
  public EmotionClassificationModel setAvailable(String... keys) {
    set(available, keys);
    return this;
  }

  /**
   * Sets the modalities that the model may use.
   *
   * @throws ConfigException if there is none
   */
  public EmotionClassificationModel setAvailable(ModalitySet value) {
    if (value.isEmpty()) {
      throw new ConfigException("available: name at least one modality");
    }
    return setAvailable(value.toList().stream().map(Modality::key).toArray(String[]::new));
  }

  /** Returns the parameter {@code batchSize}. Defaults to 1,024. */
  public IntParam batchSize() {
    return batchSize;
  }

  /** Returns the value of {@link #batchSize}. */
  public int getBatchSize() {
    return (int) value(batchSize);
  }

  /** Sets the most rows that are predicted together, at least 1. */
  public EmotionClassificationModel setBatchSize(int value) {
    set(batchSize, value);
    return this;
  }

  /** Returns the parameter {@code backend}. Defaults to the preferred one of each machine. */
  public Param<String> backend() {
    return backend;
  }

  /** Returns the value of {@link #backend}. */
  public String getBackend() {
    return value(backend);
  }

  /** Sets the backend's name; empty for the preferred one of each machine. */
  public EmotionClassificationModel setBackend(String value) {
    set(backend, value);
    return this;
  }

  /** Returns the parameter {@code threads}. Defaults to {@code spark.task.cpus}. */
  public IntParam threads() {
    return threads;
  }

  /** Returns the value of {@link #threads}; 0 for {@code spark.task.cpus}. */
  public int getThreads() {
    return (int) value(threads);
  }

  /** Sets the number of threads of a task, at most 999; 0 for {@code spark.task.cpus}. */
  public EmotionClassificationModel setThreads(int value) {
    set(threads, value);
    return this;
  }

  /** Returns the parameter {@code preparation}. Defaults to none. */
  public Param<String> preparation() {
    return preparation;
  }

  /** Returns the value of {@link #preparation}. */
  public String getPreparation() {
    return value(preparation);
  }

  /** Sets the options to sanitize and truncate features, as JSON; empty to keep them. */
  public EmotionClassificationModel setPreparation(String json) {
    set(preparation, json);
    return this;
  }

  /** Sets the options to sanitize and truncate features, such as those of the training data. */
  public EmotionClassificationModel setPreparation(PrepareOptions options) {
    return setPreparation(ScoringOptions.json(options));
  }
}
