package dev.mer4j.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.source.dataset.TableColumns;
import dev.mer4j.data.store.PrepareOptions;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.internal.json.IndentedJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All options of a preparation. {@code prepare} writes them beside the store, and {@code train} in
 * the run's folder. Paths are texts of {@link DataPaths}.
 *
 * @param data the parameter DATA; null without it
 * @param modalities the files that options name, by modality
 * @param minConfidence the lowest confidence of rows of tables that are kept; null for any above 0
 * @param columns the columns of a table of segments
 * @param selected the modalities that are read; null for all
 * @param folds null to use the splits of the data
 * @param prepare how to sanitize and store
 * @param strict whether an unusable entry is an error
 * @param sha256 whether the store has the SHA-256 of the files
 * @param store the checksum of the prepared store; null if the options of the files are unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DataConfig(
    @Nullable String data,
    @Nullable String labels,
    Map<String, String> modalities,
    boolean trimZeroRows,
    @Nullable Double minConfidence,
    TableColumns columns,
    @Nullable List<Modality> selected,
    @Nullable String folds,
    PrepareOptions prepare,
    boolean strict,
    boolean sha256,
    @Nullable String store) {
  static final FileMark MARK = FileMark.json(List.of("modalities", "trimZeroRows", "prepare"));

  private static final ObjectMapper JSON =
      IndentedJson.mapper().setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));

  DataConfig {
    modalities = modalities == null ? Map.of() : new TreeMap<>(modalities);
    columns = columns == null ? TableColumns.DEFAULT : columns;
    prepare = prepare == null ? PrepareOptions.DEFAULT : prepare;
  }

  static final DataConfig DEFAULT = new DataConfig(PrepareOptions.DEFAULT);

  /** Creates a configuration of default options for the files. */
  private DataConfig(PrepareOptions prepare) {
    this(
        null,
        null,
        Map.of(),
        false,
        null,
        TableColumns.DEFAULT,
        null,
        null,
        prepare,
        false,
        false,
        null);
  }

  /**
   * Reads a file; options that it omits have their defaults.
   *
   * @throws FileException if it cannot be read, or has an unknown key or an invalid value
   */
  static DataConfig read(Path file) {
    ObjectNode options = RunConfigFile.object(file);
    complete(options, JSON.valueToTree(DEFAULT));
    try {
      return JSON.treeToValue(options, DataConfig.class);
    } catch (JsonProcessingException e) {
      throw new FileException(
          file, "is not a file of prepare's options: " + RunConfigFile.problem(e), e);
    }
  }

  /** Adds the defaults of omitted options, also within objects. */
  private static void complete(ObjectNode options, ObjectNode defaults) {
    for (Map.Entry<String, JsonNode> each : defaults.properties()) {
      JsonNode own = options.path(each.getKey());
      if (own.isMissingNode() || own.isNull()) {
        options.set(each.getKey(), each.getValue());
      } else if (own instanceof ObjectNode object && each.getValue() instanceof ObjectNode parts) {
        complete(object, parts);
      }
    }
  }

  /** Returns the file beside a store, such as {@code mosei.data.json} for {@code mosei.store}. */
  static OutputFile beside(Path store) {
    String name = String.valueOf(store.getFileName());
    String stem = name.endsWith(".store") ? name.substring(0, name.length() - 6) : name;
    return OutputFile.of(store.resolveSibling(stem + ".data.json"), MARK);
  }

  /**
   * Returns the options for other data that is to be prepared as a store was: without files outside
   * DATA. If the file beside the store is missing or describes another store, only the options that
   * the store contains.
   */
  static DataConfig of(SegmentStore store) {
    PrepareOptions options = store.info().options();
    Path file = beside(store.path()).path();
    if (!Files.isRegularFile(file)) {
      return new DataConfig(options);
    }
    DataConfig config = read(file);
    return store.checksum().equals(config.store) ? config.forOtherData() : new DataConfig(options);
  }

  /** Returns a copy with the options of a preparation. */
  DataConfig with(PrepareOptions options, boolean strictly, boolean hashed) {
    return new DataConfig(
        data,
        labels,
        modalities,
        trimZeroRows,
        minConfidence,
        columns,
        selected,
        folds,
        options,
        strictly,
        hashed,
        store);
  }

  /** Returns a copy that describes a store with this checksum. */
  DataConfig of(String checksum) {
    return new DataConfig(
        data,
        labels,
        modalities,
        trimZeroRows,
        minConfidence,
        columns,
        selected,
        folds,
        prepare,
        strict,
        sha256,
        checksum);
  }

  /** Returns a copy with other files, columns and confidence. */
  DataConfig with(
      @Nullable String file,
      Map<String, String> features,
      @Nullable Double confidence,
      TableColumns others) {
    return new DataConfig(
        data,
        file,
        features,
        trimZeroRows,
        confidence,
        others,
        selected,
        folds,
        prepare,
        strict,
        sha256,
        store);
  }

  private DataConfig forOtherData() {
    Map<String, String> inside =
        modalities.entrySet().stream()
            .filter(each -> DataPaths.isInside(each.getValue()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    @Nullable String own = labels == null || DataPaths.isInside(labels) ? labels : null;
    return new DataConfig(
        null,
        own,
        inside,
        trimZeroRows,
        minConfidence,
        columns,
        selected,
        null,
        prepare,
        false,
        false,
        store);
  }

  void write(OutputFile file) {
    file.write(json() + "\n");
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the configuration of {@link #json}. */
  static DataConfig parse(String json) {
    try {
      return JSON.readValue(json, DataConfig.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
