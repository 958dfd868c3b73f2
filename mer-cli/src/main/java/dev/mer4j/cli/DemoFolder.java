package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a demo puts what it makes. */
record DemoFolder(Path root) {
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
   * Makes room: deletes what an earlier demo made, and nothing else.
   *
   * @throws ConfigException if the folder holds other things
   */
  void begin() {
    try {
      if (Files.exists(root) && !Files.exists(mark()) && !isEmpty()) {
        throw new ConfigException(
            root + " exists and is not an earlier demo's; give another folder with --out");
      }
      for (Path old : List.of(data(), store(), run().root())) {
        delete(old);
      }
    } catch (IOException e) {
      throw new FileException(root, "cannot be cleared: " + e.getMessage(), e);
    }
    AtomicFile.write(mark(), "The next demo may replace data, mosei.store and run.\n");
  }

  private boolean isEmpty() throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (Stream<Path> files = Files.list(root)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
