package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A store of raw data for the time of one command, in the folder for temporary files. */
final class TemporaryStore implements AutoCloseable {
  private final Path folder;
  private final SegmentStore store;

  private TemporaryStore(Path folder, SegmentStore store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * Prepares the data.
   *
   * @throws FileException if the data cannot be prepared, or there is no room
   */
  static TemporaryStore of(RawData data) {
    Path folder;
    try {
      folder = Files.createTempDirectory("mer4j-");
    } catch (IOException e) {
      Path root = Path.of(System.getProperty("java.io.tmpdir", "."));
      throw new FileException(root, "cannot be written to: " + IoReason.of(e), e);
    }
    Path file = folder.resolve("data.store");
    try (Progress progress = new Progress("preparing", "videos")) {
      data.preparation().progress(progress::update).build().run(file);
      return new TemporaryStore(folder, SegmentStore.open(file));
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  SegmentStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
    delete(folder);
  }

  private static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("data.store"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new FileException(folder, "cannot be deleted: " + IoReason.of(e), e);
    }
  }
}
