package dev.mer4j.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.store.PrepareOptions;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * How tasks score rows.
 *
 * @param idCol the column of ids
 * @param featuresCol the column of references to features; empty if there is none
 * @param available the keys of the modalities that the model may use; empty for all
 * @param batchSize the number of rows that are predicted together
 * @param backend the backend's name; empty for the preferred one
 * @param threads the number of threads of each task; 0 for {@code spark.task.cpus}
 * @param preparation JSON of {@link PrepareOptions}; empty to keep the features
 */
record ScoringOptions(
    String idCol,
    String featuresCol,
    List<String> available,
    int batchSize,
    String backend,
    int threads,
    String preparation)
    implements Serializable {
  ScoringOptions {
    available = List.copyOf(available);
  }

  /** Returns the modalities that a model may use. */
  ModalitySet available(ModelConfig config) {
    return available.isEmpty()
        ? ModalitySet.of(config.inputs().modalities())
        : ModalitySet.of(available.stream().map(Modality::of).toList());
  }

  /** Returns the number of threads of the running task. */
  int taskThreads() {
    return threads > 0 ? threads : Math.max(1, TaskContext.get().cpus());
  }

  @Nullable String backendName() {
    return backend.isEmpty() ? null : backend;
  }

  /**
   * Returns how to sanitize and truncate features; null to keep them.
   *
   * @throws ConfigException if the JSON is invalid
   */
  @Nullable PrepareOptions prepareOptions() {
    if (preparation.isEmpty()) {
      return null;
    }
    try {
      return new JsonMapper().readValue(preparation, PrepareOptions.class);
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          "preparation is not JSON of PrepareOptions: " + e.getOriginalMessage());
    }
  }

  /** Returns the JSON of options. */
  static String json(PrepareOptions options) {
    try {
      return new JsonMapper().writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
