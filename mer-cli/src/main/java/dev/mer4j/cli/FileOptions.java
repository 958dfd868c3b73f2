package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.data.source.dataset.ArrayOptions;
import dev.mer4j.data.source.dataset.PositiveRule;
import dev.mer4j.data.source.dataset.TableColumns;
import dev.mer4j.data.source.form.FeatureSources;
import dev.mer4j.data.source.form.SourceOptions;
import dev.mer4j.data.store.PrepareOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name data files explicitly. */
final class FileOptions {
  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "File of labels. Defaults to the one found in DATA. For data with sentiments only: the"
              + " .csd file whose emotions are joined by the sentiments.")
  private @Nullable Path labels;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "File of text features. Defaults to the one found in DATA.")
  private @Nullable Path text;

  @Option(
      names = "--audio",
      paramLabel = "FILE",
      description = "File of audio features. Defaults to the one found in DATA.")
  private @Nullable Path audio;

  @Option(
      names = "--visual",
      paramLabel = "FILE",
      description = "File of visual features. Defaults to the one found in DATA.")
  private @Nullable Path visual;

  @Option(
      names = "--modality",
      paramLabel = "NAME=FILE",
      description =
          "The features of a modality, a file or a folder, if not to be looked for in DATA;"
              + " repeatable.")
  private Map<String, Path> modalities = new LinkedHashMap<>();

  @Option(
      names = "--trim-zero-rows",
      negatable = true,
      description =
          "Take rows of zeros at the start and the end of a segment as padding, for arrays without"
              + " lengths.")
  private @Nullable Boolean trimZeroRows;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      split = ",",
      description =
          "Columns of labels in segments.csv: one for each label, or a single one with the label's"
              + " name. Defaults to the emotions of CMU-MOSEI.")
  private List<String> labelColumns = new ArrayList<>();

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description =
          "Column of segments.csv with what must not be split between folds, such as the speaker."
              + " Defaults to the column group, or else to the video.")
  private @Nullable String group;

  @Option(
      names = "--positive",
      paramLabel = "RULE",
      converter = Converters.OfPositive.class,
      description = "Which numbers of the label columns mean that a label is present, as \"> 0\".")
  private @Nullable PositiveRule positive;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * Finds the files.
   *
   * @param data a file of all data, or the folder that is searched for files that no option names;
   *     null to search none
   * @param splits whether to use the splits of the files
   */
  FeatureSource find(@Nullable Path data, boolean splits) {
    PerModality<Path> given = features();
    if (data != null) {
      return FeatureSources.find(data, new SourceOptions(labels, given, arrays(splits)));
    }
    if (labels == null || given.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "give DATA, the folder of the .csd files, or --labels and at least one of --text, --audio"
              + " and --visual");
    }
    return new CsdSource(new CsdFolder(labels, given));
  }

  private ArrayOptions arrays(boolean splits) {
    return new ArrayOptions(trimsZeroRows(), splits, columns());
  }

  private boolean trimsZeroRows() {
    return trimZeroRows != null && trimZeroRows;
  }

  /** Returns whether columns of labels are given. */
  boolean namesLabels() {
    return !labelColumns.isEmpty();
  }

  private TableColumns columns() {
    return new TableColumns(labelColumns, group, positive);
  }

  /**
   * Sets options that are not given to those of a configuration.
   *
   * @param paths converts the paths of the configuration
   */
  void defaultTo(DataConfig config, DataPaths paths) {
    labels = labels == null && config.labels() != null ? paths.path(config.labels()) : labels;
    Map<String, Path> all = new LinkedHashMap<>();
    config.modalities().forEach((modality, text) -> all.put(modality, paths.path(text)));
    features().forEach((modality, path) -> all.put(modality.key(), path));
    text = null;
    audio = null;
    visual = null;
    modalities = all;
    trimZeroRows = trimZeroRows == null ? Boolean.valueOf(config.trimZeroRows()) : trimZeroRows;
    labelColumns = labelColumns.isEmpty() ? config.columns().labels() : labelColumns;
    group = group == null ? config.columns().group() : group;
    positive = positive == null ? config.columns().positive() : positive;
  }

  /** Returns how the given options differ from a configuration, one text for each. */
  List<String> differences(DataConfig config) {
    List<String> differences = new ArrayList<>();
    TableColumns own = columns();
    TableColumns other = config.columns();
    if (trimZeroRows != null && trimZeroRows != config.trimZeroRows()) {
      differences.add("--trim-zero-rows is " + trimZeroRows + ", not " + config.trimZeroRows());
    }
    if (!own.labels().isEmpty()) {
      PreparationOptions.compare(
          "--label-column",
          String.join(",", own.labels()),
          String.join(",", other.labels()),
          differences);
    }
    if (own.group() != null) {
      PreparationOptions.compare("--group", own.group(), other.group(), differences);
    }
    if (own.positive() != null) {
      PreparationOptions.compare("--positive", own.positive(), other.positive(), differences);
    }
    return differences;
  }

  /** Returns the given options as a configuration without the options of the preparation. */
  DataConfig config(DataPaths paths, @Nullable Path folds) {
    Map<String, String> files = new LinkedHashMap<>();
    features().forEach((modality, path) -> files.put(modality.key(), paths.text(path)));
    Path data = paths.data();
    return new DataConfig(
        data == null ? null : paths.text(data),
        labels == null ? null : paths.text(labels),
        files,
        trimsZeroRows(),
        columns(),
        folds == null ? null : paths.text(folds),
        PrepareOptions.DEFAULT,
        false,
        false,
        null);
  }

  private PerModality<Path> features() {
    PerModality.Builder<Path> options = PerModality.builder();
    put(options, Modality.TEXT, text);
    put(options, Modality.AUDIO, audio);
    put(options, Modality.VISUAL, visual);
    return withModalities(options.build());
  }

  private PerModality<Path> withModalities(PerModality<Path> options) {
    PerModality<Path> all = options;
    for (Map.Entry<String, Path> entry : modalities.entrySet()) {
      Modality modality;
      try {
        modality = Modality.of(entry.getKey());
      } catch (ConfigException e) {
        throw new ParameterException(command.commandLine(), "--modality: " + e.getMessage(), e);
      }
      if (all.has(modality)) {
        throw new ParameterException(
            command.commandLine(), "two files for " + modality.key() + "; give one");
      }
      all = all.with(modality, entry.getValue());
    }
    return all;
  }

  private static void put(PerModality.Builder<Path> given, Modality modality, @Nullable Path file) {
    if (file != null) {
      given.put(modality, file);
    }
  }
}
