package dev.mer4j.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Temperatures;
import dev.mer4j.core.TermMeans;
import dev.mer4j.core.Thresholds;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an ONNX file of a model, JSON values by key.
 *
 * @param file the file, for messages
 * @param values the JSON values
 */
record Metadata(Path file, Map<String, String> values) {
  /** The key of the SHA-256 of the graph. */
  static final String GRAPH = "graph_sha256";

  private static final String MODEL = "model";
  private static final String THRESHOLDS = "thresholds";
  private static final String TEMPERATURES = "temperatures";
  private static final String TERM_MEANS = "term_means";
  private static final String PROVENANCE = "provenance";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Returns the values of a model, without that of the graph. */
  static Map<String, String> of(MultimodalModel model, Provenance provenance) {
    ModelConfig config = model.config();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("labels", json(config.labels().classes()));
    values.put("task", json(config.labels().task()));
    values.put(
        "modalities", json(config.inputs().modalities().stream().map(Modality::key).toList()));
    List<ModalitySet> terms = config.head().terms();
    if (!terms.isEmpty()) {
      values.put("terms", json(terms.stream().map(ModalitySet::toString).toList()));
      values.put(TERM_MEANS, json(model.termMeans().values()));
    }
    values.put(THRESHOLDS, json(model.thresholds()));
    model.temperatures().ifPresent(own -> values.put(TEMPERATURES, json(own)));
    values.put(MODEL, json(config));
    values.put(PROVENANCE, json(provenance));
    return values;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  ModelConfig config() {
    return read(MODEL, new TypeReference<>() {});
  }

  Thresholds thresholds() {
    return read(THRESHOLDS, new TypeReference<>() {});
  }

  /** Returns the temperatures; empty if the model has none. */
  Optional<Temperatures> temperatures() {
    return values.containsKey(TEMPERATURES)
        ? Optional.of(read(TEMPERATURES, new TypeReference<>() {}))
        : Optional.empty();
  }

  Provenance provenance() {
    return read(PROVENANCE, new TypeReference<>() {});
  }

  TermMeans termMeans() {
    if (!values.containsKey(TERM_MEANS)) {
      return TermMeans.UNKNOWN;
    }
    Map<ModalitySet, List<Double>> means = new LinkedHashMap<>();
    read(TERM_MEANS, new TypeReference<Map<String, List<Double>>>() {})
        .forEach((term, own) -> means.put(set(term), requireNumbers(TERM_MEANS, own)));
    return new TermMeans(means);
  }

  private static ModalitySet set(String term) {
    return ModalitySet.parse(term.replace('+', ','));
  }

  private List<Double> requireNumbers(String key, @Nullable List<@Nullable Double> values) {
    if (values == null || values.contains(null)) {
      throw new FileException(file, "its metadata '" + key + "' has null in place of numbers");
    }
    return values.stream().map(Objects::requireNonNull).toList();
  }

  private <T> T read(String key, TypeReference<T> type) {
    String json = values.get(key);
    if (json == null) {
      throw new FileException(file, "lacks the metadata '" + key + "' that mer4j writes");
    }
    try {
      T value = JSON.readValue(json, type);
      if (value == null) {
        throw new FileException(file, "its metadata '" + key + "' is null");
      }
      return value;
    } catch (JsonProcessingException e) {
      String problem =
          e.getCause() instanceof MerException cause ? cause.getMessage() : e.getOriginalMessage();
      throw new FileException(file, "its metadata '" + key + "' is invalid: " + problem, e);
    }
  }
}
