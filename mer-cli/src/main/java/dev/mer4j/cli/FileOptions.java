package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.data.ModalitySet;
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
import picocli.CommandLine.Mixin;
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

  @Mixin private ModalityFiles modalities = new ModalityFiles();

  @Option(
      names = "--trim-zero-rows",
      negatable = true,
      description =
          "Take rows of zeros at the start and the end of a segment as padding, for arrays without"
              + " lengths.")
  private @Nullable Boolean trimZeroRows;

  @Option(
      names = "--min-confidence",
      paramLabel = "C",
      description =
          "Lowest confidence, from 0 to 1, of rows of OpenFace's tables that are kept. Rows of"
              + " confidence or success 0 are always dropped. Defaults to 0.")
  private @Nullable Double minConfidence;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      split = ",",
      description =
          "Columns of labels in segments.csv: one for each label, or a single one with the label's"
              + " name. For files of arrays: the names of the labels, in the order of their numbers"
              + " or columns. Defaults to the labels that the data has, or to the emotions of"
              + " CMU-MOSEI.")
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

  @Option(
      names = "--modalities",
      paramLabel = "text,audio,visual",
      converter = Converters.OfModalities.class,
      description = "Modalities to read; the others are left out. Defaults to all.")
  private @Nullable ModalitySet selected;

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
    FeatureSource all = findAll(data, splits);
    return selected == null ? all : all.only(selected);
  }

  private FeatureSource findAll(@Nullable Path data, boolean splits) {
    PerModality<Path> given = files();
    if (data != null) {
      return FeatureSources.find(data, new SourceOptions(labels, given, arrays(splits)));
    }
    if (labels == null || given.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "give DATA, a folder or file of features, or --labels and at least one of --text, --audio"
              + " and --visual");
    }
    return new CsdSource(new CsdFolder(labels, given));
  }

  private PerModality<Path> files() {
    try {
      return modalities.all();
    } catch (ConfigException e) {
      throw new ParameterException(command.commandLine(), "--modality: " + e.getMessage(), e);
    }
  }

  private ArrayOptions arrays(boolean splits) {
    double lowest = minConfidence == null ? 0 : minConfidence;
    return new ArrayOptions(trimsZeroRows(), splits, columns(), lowest);
  }

  private boolean trimsZeroRows() {
    return trimZeroRows != null && trimZeroRows;
  }

  /** Sets the labels to those that the data has. */
  void forgetLabels() {
    labelColumns = List.of();
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
    modalities.defaultTo(config.modalities(), paths);
    trimZeroRows = trimZeroRows == null ? Boolean.valueOf(config.trimZeroRows()) : trimZeroRows;
    minConfidence = minConfidence == null ? config.minConfidence() : minConfidence;
    labelColumns = labelColumns.isEmpty() ? config.columns().labels() : labelColumns;
    group = group == null ? config.columns().group() : group;
    positive = positive == null ? config.columns().positive() : positive;
    selected =
        selected == null && config.selected() != null
            ? ModalitySet.of(config.selected())
            : selected;
  }

  /** Returns the names of the given options. */
  List<String> given() {
    List<String> names = new ArrayList<>(modalities.given());
    OptionLists.addIf(labels != null, "--labels", names);
    OptionLists.addIf(trimZeroRows != null, "--trim-zero-rows", names);
    OptionLists.addIf(minConfidence != null, "--min-confidence", names);
    OptionLists.addIf(!labelColumns.isEmpty(), "--label-column", names);
    OptionLists.addIf(group != null, "--group", names);
    OptionLists.addIf(positive != null, "--positive", names);
    OptionLists.addIf(selected != null, "--modalities", names);
    return names;
  }

  /** Returns how the given options differ from a configuration, one text for each. */
  List<String> differences(DataConfig config) {
    List<String> differences = new ArrayList<>();
    TableColumns own = columns();
    TableColumns other = config.columns();
    if (trimZeroRows != null && trimZeroRows != config.trimZeroRows()) {
      differences.add("--trim-zero-rows is " + trimZeroRows + ", not " + config.trimZeroRows());
    }
    if (minConfidence != null) {
      double recorded = config.minConfidence() == null ? 0 : config.minConfidence();
      OptionLists.compare(
          "--min-confidence", minConfidence.toString(), Double.toString(recorded), differences);
    }
    if (!own.labels().isEmpty()) {
      OptionLists.compare(
          "--label-column",
          String.join(",", own.labels()),
          String.join(",", other.labels()),
          differences);
    }
    if (own.group() != null) {
      OptionLists.compare("--group", own.group(), other.group(), differences);
    }
    if (own.positive() != null) {
      OptionLists.compare("--positive", own.positive(), other.positive(), differences);
    }
    if (selected != null) {
      OptionLists.compare(
          "--modalities",
          selected.toString(),
          config.selected() == null ? null : ModalitySet.of(config.selected()).toString(),
          differences);
    }
    return differences;
  }

  /** Returns the given options as a configuration without the options of the preparation. */
  DataConfig config(DataPaths paths, @Nullable Path folds) {
    Map<String, String> files = new LinkedHashMap<>();
    files().forEach((modality, path) -> files.put(modality.key(), paths.text(path)));
    Path data = paths.data();
    return new DataConfig(
        data == null ? null : paths.text(data),
        labels == null ? null : paths.text(labels),
        files,
        trimsZeroRows(),
        minConfidence,
        columns(),
        selected == null ? null : selected.toList(),
        folds == null ? null : paths.text(folds),
        PrepareOptions.DEFAULT,
        false,
        false,
        null);
  }
}
