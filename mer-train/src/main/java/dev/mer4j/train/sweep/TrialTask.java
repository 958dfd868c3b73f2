package dev.mer4j.train.sweep;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * A trial of a sweep as plain data, so that another process or machine can run it.
 *
 * @param setting the name of the setting
 * @param folder the folder of the trial's files
 */
public record TrialTask(String setting, long seed, String folder) implements Serializable {
  /** Returns the folder of the trained model. */
  public Path model() {
    return Path.of(folder, "model");
  }

  /** Returns the folder of the checkpoints. */
  public Path checkpoints() {
    return Path.of(folder, "checkpoints");
  }

  /** Returns the file of the trial's result; a trial that has one is finished. */
  public Path result() {
    return Path.of(folder, "result.json");
  }
}
