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
 * Keeps a folder for one user at a time, by a lock on its file {@code .lock}. The lock ends with
 * its process, however that ends; the empty file stays. A file system without locks keeps nobody
 * out.
 */
public final class FolderLock implements AutoCloseable {
  /** Of this process, whose lock ends with any of its channels to the file, so none is opened. */
  private static final Set<Path> TAKEN_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes a folder, which is made if need be.
   *
   * @throws FileException if somebody else has it, in this process or another one, or it cannot be
   *     written to
   */
  public static FolderLock acquire(Path folder) {
    try {
      Path real = Files.createDirectories(folder).toRealPath();
      if (!TAKEN_HERE.add(real)) {
        throw inUse(folder);
      }
      try {
        return lock(real);
      } catch (IOException | RuntimeException e) {
        TAKEN_HERE.remove(real);
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
        folder, "is in use by another run; wait for its end, or take another folder");
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new FileException(folder, "cannot be given back: " + IoReason.of(e), e);
    } finally {
      TAKEN_HERE.remove(folder);
    }
  }
}
