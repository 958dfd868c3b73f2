package dev.mer4j.train.sweep;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * One trial of a sweep as plain data, so that another process or machine can carry it out.
 *
 * @param setting the name of the setting
 * @param folder where the trial keeps its files
 */
public record TrialTask(String setting, long seed, String folder) implements Serializable {
  /** The folder of the trained model. */
  public Path model() {
    return Path.of(folder, "model");
  }

  /** The folder of the checkpoints. */
  public Path checkpoints() {
    return Path.of(folder, "checkpoints");
  }

  /** The file that says what the trial scored; a trial that has one is done. */
  public Path result() {
    return Path.of(folder, "result.json");
  }
}
