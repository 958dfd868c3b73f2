package dev.mer4j.file;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a folder for one user at a time, by a lock on its file {@code .lock}. The lock ends with
 * its process, however that ends; the empty file stays. A file system without locks keeps nobody
 * out.
 */
public final class FolderLock implements AutoCloseable {
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
  public static FolderLock take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (Lock.of(channel) == Lock.HELD) {
        channel.close();
        throw new FileException(
            folder, "is in use by another run; wait for its end, or take another folder");
      }
      return new FolderLock(folder, channel);
    } catch (IOException e) {
      throw new FileException(folder, "cannot be written to: " + e.getMessage(), e);
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new FileException(folder, "cannot be given back: " + e.getMessage(), e);
    }
  }
}
