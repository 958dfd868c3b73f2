package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.store.PrepareOptions;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;

/** The parameters of {@link EmotionClassificationModel} that define how it scores. */
abstract class ScoringParams extends ColumnParams {
  private static final long serialVersionUID = 1;

  /** The default of {@code batchSize}. */
  private static final int BATCH_SIZE = 1024;

  private static final int MOST_THREADS = 999;

  private final StringArrayParam available;
  private final IntParam batchSize;
  private final Param<String> backend;
  private final IntParam threads;
  private final Param<String> preparation;

  ScoringParams(String uid) {
    super(uid);
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
    setDefault(available, new String[0]);
    setDefault(batchSize, BATCH_SIZE);
    setDefault(backend, "");
    setDefault(threads, 0);
    setDefault(preparation, "");
  }

  final ScoringOptions options() {
    return new ScoringOptions(
        getIdCol(),
        getFeaturesCol(),
        List.of(getAvailable()),
        getBatchSize(),
        getBackend(),
        getThreads(),
        getPreparation());
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
  }

  /** Sets the options to sanitize and truncate features, such as those of the training data. */
  public EmotionClassificationModel setPreparation(PrepareOptions options) {
    return setPreparation(ScoringOptions.json(options));
  }
}
