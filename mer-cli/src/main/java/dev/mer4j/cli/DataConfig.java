package dev.mer4j.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.source.dataset.TableColumns;
import dev.mer4j.data.store.PrepareOptions;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All choices of a preparation, as {@code prepare} writes them beside the store. Paths are
 * absolute.
 *
 * @param data null if the other files are all
 * @param modalities the files that options name, by modality
 * @param columns what the columns of a table of segments hold
 * @param selected the modalities that are read; null for all
 * @param folds null if the splits of the data count
 * @param prepare how to sanitize and store
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DataConfig(
    @Nullable String data,
    @Nullable String labels,
    Map<String, String> modalities,
    boolean trimZeroRows,
    TableColumns columns,
    @Nullable List<Modality> selected,
    @Nullable String folds,
    PrepareOptions prepare) {
  static final FileMark MARK = FileMark.json(List.of("modalities", "trimZeroRows", "prepare"));

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  DataConfig {
    modalities = modalities == null ? Map.of() : new TreeMap<>(modalities);
    columns = columns == null ? TableColumns.DEFAULT : columns;
    prepare = prepare == null ? PrepareOptions.DEFAULT : prepare;
  }

  /**
   * Reads a file; what it leaves out has the defaults.
   *
   * @throws FileException if it cannot be read, or has a key or a value that cannot be
   */
  static DataConfig read(Path file) {
    try {
      return JSON.treeToValue(RunConfigFile.object(file), DataConfig.class);
    } catch (JsonProcessingException e) {
      throw new FileException(file, "is no preparation's choices: " + e.getOriginalMessage(), e);
    }
  }

  /** Returns the file beside a store, such as {@code mosei.data.json} for {@code mosei.store}. */
  static OutputFile beside(Path store) {
    String name = String.valueOf(store.getFileName());
    String stem = name.endsWith(".store") ? name.substring(0, name.length() - 6) : name;
    return OutputFile.of(store.resolveSibling(stem + ".data.json"), MARK);
  }

  void write(OutputFile file) {
    try {
      file.write(JSON.writeValueAsString(this) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static @Nullable String absolute(@Nullable Path path) {
    return path == null ? null : path.toAbsolutePath().normalize().toString();
  }
}
