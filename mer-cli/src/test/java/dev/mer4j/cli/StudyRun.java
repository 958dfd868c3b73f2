package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A small run on a table of segments.
 *
 * @param study the folder of the table
 * @param store the store that the run was trained on
 * @param run the run's folder
 */
record StudyRun(Path study, Path store, Path run) {
  static StudyRun train(Path folder) throws IOException {
    Path study = StudyFiles.write(folder.resolve("study"));
    Path store = folder.resolve("study.store");
    Path run = folder.resolve("run");
    Cli.succeed(StudyFiles.prepare(study, "--out", store));
    Path config = TinyData.config(folder.resolve("tiny.json"));
    assertThat(Cli.succeed("train", store, "--out", run, "--config", config).err()).isEmpty();
    return new StudyRun(study, store, run);
  }
}
