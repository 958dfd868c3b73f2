package dev.mer4j.file;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes files atomically: writes a temporary file next to the target, forces it to disk, moves it
 * into place and forces the folder. A crash or a full disk leaves the old file or none, never a
 * partial one.
 *
 * <p>A killed run leaves its temporary file behind. The writer holds a lock on it, which ends with
 * the process. The next run that writes the same target deletes the temporary files without a lock.
 */
final class AtomicFile {
  private static final int TRIES = 5;
  private static final int LONGEST_WAIT_MILLIS = 100;

  private AtomicFile() {}

  /**
   * Replaces a file and creates its folder if it is missing. An interrupt of the thread does not
   * stop the writing.
   *
   * @param given the path for messages
   * @param file an absolute path that is not a link
   * @param content the content; written again to a new channel if an interrupt closes the first one
   * @param exclusive whether to fail if another process is writing the same file
   * @throws FileException if it cannot be written; the temporary file is deleted then, and the old
   *     target is unchanged
   */
  static void write(Path given, Path file, OutputFile.Replacement content, boolean exclusive) {
    Uninterrupted.run(() -> writeOnce(given, file, content, exclusive));
  }

  private static void writeOnce(
      Path given, Path file, OutputFile.Replacement content, boolean exclusive) {
    try {
      Files.createDirectories(file.getParent());
      try (PartFile part = exclusive ? createExclusive(given, file) : PartFile.create(file)) {
        part.cleanUp();
        Path other = content.write(part.channel());
        if (other == null) {
          part.channel().force(true);
        } else {
          force(other);
        }
        Files.move(
            other == null ? part.path() : other,
            file,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
      forceFolder(file.getParent());
    } catch (IOException e) {
      throw failed(given, e);
    } catch (UncheckedIOException e) {
      throw failed(given, e.getCause());
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static FileException failed(Path given, IOException e) {
    return new FileException(
        given, "cannot be written: " + IoReason.of(e) + "; the partial file was deleted", e);
  }

  /**
   * Creates the temporary file if no other process is writing the target. Two processes that start
   * simultaneously both back off and retry after random times.
   */
  static PartFile createExclusive(Path target, Path file) throws IOException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      PartFile part = PartFile.create(file);
      if (part.cleanUp()) {
        return part;
      }
      part.close();
      pause(ThreadLocalRandom.current().nextInt(LONGEST_WAIT_MILLIS));
    }
    throw new FileException(
        target,
        "another process is preparing or writing it; wait until it is done, or use another name");
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MerException("interrupted while waiting for another process", e);
    }
  }

  /** Forces a folder to disk, which makes the move durable, on systems that can open folders. */
  static void forceFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
