package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.sweep.TrialTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A setting that a sweep compares with others.
 *
 * @param name the name of its row in the table
 * @param folder the folder of its configuration and its runs
 * @param store the store that it is trained on
 * @param config its configuration; each run replaces the seed
 */
record SweepSetting(String name, RunFolder folder, Path store, RunConfig config) {
  SweepSetting with(RunConfig other) {
    return new SweepSetting(name, folder, store, other);
  }

  /**
   * Writes the configuration that its runs read.
   *
   * @throws FileException if a different configuration exists already
   */
  void writeOnce() {
    Path file = folder.config();
    if (!Files.exists(file)) {
      RunConfigFile.write(file, config);
    } else if (!RunConfigFile.read(file, config).equals(config)) {
      throw new FileException(file, "has other settings; use the same settings or another folder");
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
