package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A trained model of mer4j as a transformer of Spark's pipelines. It only predicts.
 *
 * <p>Each available modality m of the model has the column {@code m}: either {@code binary}, the
 * features [T, D] as little-endian float32, with T in the column {@code m_rows}; or {@code
 * array<array<float>>}. Null means that the modality is absent. Features may also stay in Parquet
 * files until tasks read them, see {@link SegmentFiles}. The predictions have the same bits as
 * those of {@link dev.mer4j.core.MultimodalModel#predict} on the same backend, in the same order as
 * the rows, whatever the partitions and {@code batchSize}.
 *
 * <p>The model is broadcast once per application, and loaded once per executor JVM. A model whose
 * predictions depend on the order of segments (one with {@link ModelConfig#paddedBatch()}) is
 * refused.
 */
public final class EmotionClassificationModel extends ScoringParams
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private @Nullable SharedModel model;

  /** Creates a transformer without a model, for {@link #read}. */
  public EmotionClassificationModel(String uid) {
    super(uid);
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
  EmotionClassificationModel self() {
    return this;
  }

  /** Returns the configuration of the model. */
  public ModelConfig config() {
    return model().config();
  }

  @Override
  public EmotionClassificationModel copy(ParamMap extra) {
    EmotionClassificationModel copy =
        model == null
            ? new EmotionClassificationModel(uid())
            : new EmotionClassificationModel(uid(), model);
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
    collect(problems, () -> problems.addAll(ColumnCheck.problems(schema, options, config())));
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
    SparkSession session = dataset.sparkSession();
    TaskScoring scoring =
        new TaskScoring(model().broadcast(session), dataset.schema(), options(), output);
    return SegmentColumns.withMetadata(
        new RowScoring(scoring, files(session)).score(dataset.toDF()), scoring.schemaOfOutput());
  }

  private @Nullable Broadcast<HadoopSettings> files(SparkSession session) {
    return getFeaturesCol().isEmpty()
        ? null
        : JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(new HadoopSettings(session.sparkContext().hadoopConfiguration()));
  }

  /**
   * Returns the function that scores segments of data that are not rows.
   *
   * @param widths D of each modality of the data
   * @param labels of the data
   * @throws ConfigException if the model cannot score them
   */
  TaskScoring scoring(
      SparkSession session,
      PerModality<Integer> widths,
      List<Emotion> labels,
      ScoringOutput output) {
    ColumnCheck.requireWidths(config().inputs(), widths);
    transformSchema(SegmentColumns.schema(config().inputs().modalities(), labels));
    return new TaskScoring(
        model().broadcast(session), SegmentColumns.schema(List.of(), labels), options(), output);
  }
}
