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

  @Mixin private ModalityFiles modalities;

  @Option(
      names = "--trim-zero-rows",
      description =
          "Take rows of zeros at the start and the end of a segment as padding, for arrays without"
              + " lengths.")
  private boolean trimZeroRows;

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
    PerModality<Path> given = given();
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

  private PerModality<Path> given() {
    try {
      return modalities.all();
    } catch (ConfigException e) {
      throw new ParameterException(command.commandLine(), "--modality: " + e.getMessage(), e);
    }
  }

  private ArrayOptions arrays(boolean splits) {
    return new ArrayOptions(trimZeroRows, splits, new TableColumns(labelColumns, group, positive));
  }

  /** Takes from a file what no option says. */
  void defaultTo(DataConfig config) {
    labels = labels == null && config.labels() != null ? Path.of(config.labels()) : labels;
    modalities.defaultTo(config.modalities());
    trimZeroRows = trimZeroRows || config.trimZeroRows();
    labelColumns = labelColumns.isEmpty() ? config.columns().labels() : labelColumns;
    group = group == null ? config.columns().group() : group;
    positive = positive == null ? config.columns().positive() : positive;
    selected =
        selected == null && config.selected() != null
            ? ModalitySet.of(config.selected())
            : selected;
  }

  /** Returns all choices of a preparation. */
  DataConfig config(@Nullable Path data, @Nullable Path folds, PrepareOptions prepare) {
    Map<String, String> files = new LinkedHashMap<>();
    given()
        .forEach(
            (modality, path) ->
                files.put(modality.key(), path.toAbsolutePath().normalize().toString()));
    return new DataConfig(
        DataConfig.absolute(data),
        DataConfig.absolute(labels),
        files,
        trimZeroRows,
        new TableColumns(labelColumns, group, positive),
        selected == null ? null : selected.toList(),
        DataConfig.absolute(folds),
        prepare);
  }
}
