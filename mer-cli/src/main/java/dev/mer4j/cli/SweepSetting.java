package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.sweep.TrialTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * One of the settings that a sweep compares.
 *
 * @param name of its row in the table
 * @param folder where its configuration and its runs are
 * @param store what it is trained on
 * @param config how; each run replaces the seed
 */
record SweepSetting(String name, RunFolder folder, Path store, RunConfig config) {
  SweepSetting with(RunConfig other) {
    return new SweepSetting(name, folder, store, other);
  }

  /**
   * Writes the configuration for its runs to read.
   *
   * @throws FileException if there is another one already
   */
  void writeOnce() {
    Path file = folder.config();
    if (!Files.exists(file)) {
      RunConfigFile.write(file, config);
    } else if (!RunConfigFile.read(file, config).equals(config)) {
      throw new FileException(file, "is of other settings; use them, or another folder");
    }
  }

  /**
   * Returns the setting of a trial.
   *
   * @param settings by name
   */
  static SweepSetting of(TrialTask task, Map<String, SweepSetting> settings) {
    return Objects.requireNonNull(settings.get(task.setting()), task.setting());
  }

  RunConfig config(long seed) {
    TrainerConfig seeded = config.training().toBuilder().seed(seed).build();
    return config.with(seeded);
  }
}
