package dev.mer4j.file;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An exclusive lock of a folder, by a lock on its file {@code .lock}. The lock ends with its
 * process; the empty file remains. On a file system without locks, it has no effect on other
 * processes.
 */
public final class FolderLock implements AutoCloseable {
  /**
   * The folders locked by this process. Closing any channel to a lock file ends the process's lock,
   * so no second channel is opened.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Locks a folder, which is created if it is missing.
   *
   * @throws FileException if it is locked by this or another process, or cannot be written to
   */
  public static FolderLock acquire(Path folder) {
    try {
      Path real = Files.createDirectories(folder).toRealPath();
      if (!LOCKED.add(real)) {
        throw inUse(folder);
      }
      try {
        return lock(real);
      } catch (IOException | RuntimeException e) {
        LOCKED.remove(real);
        throw e;
      }
    } catch (IOException e) {
      throw new FileException(folder, "cannot be written to: " + IoReason.of(e), e);
    }
  }

  private static FolderLock lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (Lock.of(channel) == Lock.HELD) {
      channel.close();
      throw inUse(folder);
    }
    return new FolderLock(folder, channel);
  }

  private static FileException inUse(Path folder) {
    return new FileException(
        folder, "is in use by another run; wait until it is done, or use another folder");
  }

  /** Releases the folder. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new FileException(folder, "cannot be released: " + IoReason.of(e), e);
    } finally {
      LOCKED.remove(folder);
    }
  }
}
