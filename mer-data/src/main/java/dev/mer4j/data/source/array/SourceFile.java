package dev.mer4j.data.source.array;

import dev.mer4j.FileException;
import dev.mer4j.file.ReadFailure;
import dev.mer4j.file.Uninterrupted;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A whole file, read by positioned reads. An interrupt of the thread does not end a read. Not safe
 * for use by several threads.
 */
public final class SourceFile implements ByteSource, Closeable {
  private final Path file;
  private final long length;
  private FileChannel channel;

  private SourceFile(Path file) throws IOException {
    this.file = file;
    channel = FileChannel.open(file, StandardOpenOption.READ);
    length = channel.size();
  }

  /**
   * Opens a file.
   *
   * @throws FileException if it does not exist, is not a regular file, or cannot be read
   */
  public static SourceFile open(Path file) {
    if (!Files.exists(file)) {
      throw new FileException(
          file,
          Files.isSymbolicLink(file)
              ? "is a link to a file that does not exist"
              : "does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new FileException(file, "is a folder, not a file of arrays; give a file in it");
    }
    // A pipe is not opened, which would block until another process writes to it.
    if (!Files.isRegularFile(file)) {
      throw new FileException(file, "is a pipe, a socket or a device; give a regular file");
    }
    return Uninterrupted.get(() -> openRegular(file));
  }

  private static SourceFile openRegular(Path file) {
    try {
      return new SourceFile(file);
    } catch (IOException e) {
      throw new FileException(file, ReadFailure.reason(file, e), e);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    checkRange(position, target.remaining());
    int start = target.position();
    boolean interrupted = false;
    try {
      while (target.hasRemaining()) {
        long next = position + target.position() - start;
        try {
          if (channel.read(target, next) < 0) {
            throw fault(next, "the file became shorter while it was read; start again");
          }
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
          channel = FileChannel.open(file, StandardOpenOption.READ);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public long offset(long position) {
    return position;
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
