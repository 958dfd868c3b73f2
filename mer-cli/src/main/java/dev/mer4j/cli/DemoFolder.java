package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.ModelOutputs;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder that a demo writes to. */
record DemoFolder(Path root) {
  private static final String MARK = "The next demo may replace data, mosei.store and run.";

  Path data() {
    return root.resolve("data");
  }

  Path store() {
    return root.resolve("mosei.store");
  }

  RunFolder run() {
    return new RunFolder(root.resolve("run"));
  }

  private Path mark() {
    return root.resolve("made-by-mer-demo");
  }

  /**
   * Deletes the checkpoints and the model of an earlier demo. Its other files are replaced when new
   * ones are written.
   *
   * @throws ConfigException if the folder is not an earlier demo's
   */
  void begin() {
    try {
      if (Files.exists(root) && !Files.exists(mark()) && !isEmpty()) {
        throw new ConfigException(
            root + " exists and is not an earlier demo's; give another folder with --out");
      }
      OutputFile.of(mark(), FileMark.startsWith(MARK)).write(MARK + "\n");
      run().requireWritable(List.of());
      for (OutputFile old : ModelOutputs.of(run().model())) {
        Files.deleteIfExists(old.path());
      }
      for (Path old : new CheckpointFolder(run().checkpoints()).files()) {
        Files.delete(old);
      }
    } catch (IOException e) {
      throw new FileException(root, "cannot be cleared: " + IoReason.of(e), e);
    }
  }

  private boolean isEmpty() throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (Stream<Path> files = Files.list(root)) {
      return files.findAny().isEmpty();
    }
  }
}
