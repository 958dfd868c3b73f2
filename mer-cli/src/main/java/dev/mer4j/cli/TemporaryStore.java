package dev.mer4j.cli;

import dev.mer4j.data.store.SegmentStore;
import java.nio.file.Path;

/** A store of raw data for the time of one command, in the folder for temporary files. */
final class TemporaryStore implements AutoCloseable {
  private final TemporaryFolder folder;
  private final SegmentStore store;

  private TemporaryStore(TemporaryFolder folder, SegmentStore store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * Prepares the data.
   *
   * @throws dev.mer4j.FileException if the data cannot be prepared, or there is no room
   */
  static TemporaryStore of(RawData data) {
    TemporaryFolder folder = TemporaryFolder.create();
    Path file = folder.path().resolve("data.store");
    try (Progress progress = new Progress("preparing", "videos")) {
      data.preparation().progress(progress::update).build().run(file);
      return new TemporaryStore(folder, SegmentStore.open(file));
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  SegmentStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
    folder.close();
  }
}
