package dev.mer4j.spark;

import dev.mer4j.data.store.SegmentStore;
import java.io.Serializable;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A store that the tasks of a JVM share, so that its index is read once. It is closed when it is no
 * longer reachable, which on executors is after the driver destroys its broadcast.
 */
final class SharedStore implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1;
  private static final Cleaner CLEANER = Cleaner.create();

  private final String path;
  private transient @Nullable SegmentStore store;

  /** Names a file on a file system that all executors share. */
  SharedStore(Path path) {
    this.path = path.toAbsolutePath().toString();
  }

  /**
   * Returns the open store of this JVM.
   *
   * @throws dev.mer4j.FileException if it cannot be read
   */
  synchronized SegmentStore open() {
    SegmentStore known = store;
    if (known == null) {
      SegmentStore opened = SegmentStore.open(Path.of(path));
      CLEANER.register(this, opened::close);
      store = opened;
      return opened;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    SegmentStore known = store;
    if (known != null) {
      known.close();
    }
  }
}
