package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.source.dataset.TableColumns;
import dev.mer4j.data.source.dataset.TableSource;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationBuilder;
import dev.mer4j.data.store.PrepareOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Data that is prepared for a trained model, with the options of the model's data.
 *
 * @param folder the files
 * @param options of the preparation
 */
record RawData(DataFolder folder, PrepareOptions options) {
  /**
   * Finds the files. Options that are not given have the values of the run's data; a note reports
   * each given option that differs from them.
   *
   * @throws ConfigException if the options are out of range
   * @throws dev.mer4j.FileException if the data cannot be read
   */
  static RawData of(
      Console console, RunFolder run, Path data, FileOptions files, PreparationOptions given) {
    DataConfig config = config(console, run);
    note(console, files.differences(config));
    PrepareOptions options = options(console, config, given);
    DataConfig known =
        existing(
            config, data, files.namesLabels() ? config.columns() : columns(console, config, data));
    boolean recorded = !files.namesLabels() && !known.columns().labels().isEmpty();
    files.defaultTo(known, new DataPaths(data, data));
    return new RawData(find(console, data, files, recorded), options);
  }

  /**
   * Returns the given options, and those of the model's data where none is given; a note reports
   * each that differs from them.
   *
   * @throws ConfigException if the options are out of range
   */
  static PrepareOptions options(Console console, DataConfig config, PreparationOptions given) {
    PrepareOptions options = console.fromOptions(() -> given.over(config.prepare()));
    note(console, PreparationOptions.differences(options, config.prepare()));
    return options;
  }

  private static void note(Console console, List<String> differences) {
    differences.forEach(each -> console.note("%s as for the data of the model", each));
  }

  /**
   * Finds the files, without the recorded names of labels if the data has other labels: predictions
   * need none.
   */
  private static DataFolder find(Console console, Path data, FileOptions files, boolean recorded) {
    try {
      return DataFolder.of(data, files, null);
    } catch (FileException e) {
      if (!recorded) {
        throw e;
      }
      files.forgetLabels();
      DataFolder found = DataFolder.of(data, files, null);
      console.note("the data has other labels than that of the model: %s", e.getMessage());
      return found;
    }
  }

  /** Reads the options of the model's data; a note reports that there are none. */
  static DataConfig config(Console console, RunFolder run) {
    Path file = run.data();
    if (!Files.isRegularFile(file)) {
      console.note(
          "%s does not exist, because an earlier version trained the model: options that are not"
              + " given have prepare's defaults",
          file);
      return DataConfig.DEFAULT;
    }
    DataConfig config = DataConfig.read(file);
    if (config.store() == null) {
      console.note(
          "%s has no options of files, because the store had no .data.json: those that are not"
              + " given have prepare's defaults",
          file);
    }
    return config;
  }

  /** Returns the configuration with other columns, and without files that the data lacks. */
  private static DataConfig existing(DataConfig config, Path data, TableColumns columns) {
    DataPaths paths = new DataPaths(data, data);
    Map<String, String> modalities =
        config.modalities().entrySet().stream()
            .filter(each -> Files.exists(paths.path(each.getValue())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    @Nullable String labels = config.labels();
    boolean labeled = labels != null && Files.exists(paths.path(labels));
    boolean table = Files.isDirectory(data) && TableSource.table(data) != null;
    return config.with(
        labeled ? labels : null, modalities, table ? config.minConfidence() : null, columns);
  }

  /** Returns the columns of the model's data that the data has. */
  private static TableColumns columns(Console console, DataConfig config, Path data) {
    TableColumns own = TableSource.present(data, config.columns());
    if (isTable(data) && !own.labels().equals(config.columns().labels())) {
      console.note(
          "%s has not all of the columns %s: its segments have no labels",
          data.resolve(TableSource.TABLE), config.columns().labels());
    }
    return own;
  }

  private static boolean isTable(Path data) {
    return Files.isRegularFile(data.resolve(TableSource.TABLE));
  }

  PreparationBuilder preparation() {
    return Preparation.builder(folder.files()).folds(folder.folds()).options(options);
  }
}
