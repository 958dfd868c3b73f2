package dev.mer4j.cli;

import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A preparation as plain data.
 *
 * @param data the parameter DATA, absolute; null without it
 * @param folder the folder that paths of the configuration are relative to, absolute
 * @param config JSON of a {@link DataConfig}
 */
record RecordedPreparation(@Nullable String data, String folder, String config)
    implements PreparationFactory {
  /**
   * Records a preparation.
   *
   * @param data the parameter DATA; null without it
   * @param files the options of the files
   * @param options all other options
   */
  static RecordedPreparation of(
      @Nullable Path data, FileOptions files, @Nullable Path folds, DataConfig options) {
    Path root = Path.of("").toAbsolutePath();
    Path absolute = data == null ? null : data.toAbsolutePath();
    DataConfig config =
        files
            .config(new DataPaths(root, absolute), folds)
            .with(options.prepare(), options.strict(), options.sha256());
    return new RecordedPreparation(
        absolute == null ? null : absolute.toString(), root.toString(), config.json());
  }

  @Override
  public Preparation create() {
    DataConfig recorded = DataConfig.parse(config);
    Path own = data == null ? null : Path.of(data);
    DataPaths paths = new DataPaths(Path.of(folder), own);
    FileOptions files = new FileOptions();
    files.defaultTo(recorded, paths);
    Path folds = recorded.folds() == null ? null : paths.path(recorded.folds());
    DataFolder found = DataFolder.of(own, files, folds);
    return Preparation.builder(found.files())
        .folds(found.folds())
        .options(recorded.prepare())
        .strict(recorded.strict())
        .sha256(recorded.sha256())
        .build();
  }
}
