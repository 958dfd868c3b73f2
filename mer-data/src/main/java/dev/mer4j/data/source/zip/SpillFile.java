package dev.mer4j.data.source.zip;

import dev.mer4j.data.source.array.ByteSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary file, in the folder {@code java.io.tmpdir}, with the content of deflated members, so
 * that they can be read in any order. It is made at the first use and deleted when it is closed.
 */
final class SpillFile implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(SpillFile.class);

  private @Nullable Path path;

  /** No channel: that would be closed by an interrupt of the thread. */
  private @Nullable RandomAccessFile file;

  /** Adds the content of a member and returns where it begins. */
  long append(ZipMember member, ByteSource packed) throws IOException {
    try {
      RandomAccessFile open = open();
      long start = open.length();
      open.seek(start);
      try {
        Inflation.whole(member, packed, (bytes, count) -> open.write(bytes, 0, count));
      } catch (IOException | RuntimeException e) {
        open.setLength(start);
        throw e;
      }
      return start;
    } catch (IOException e) {
      throw new IOException(
          "member "
              + member.name()
              + " cannot be unpacked to the folder for temporary files (choose another with"
              + " -Djava.io.tmpdir): "
              + e.getMessage(),
          e);
    }
  }

  /** Fills a buffer in the heap. */
  void read(long position, ByteBuffer target) throws IOException {
    RandomAccessFile open = open();
    open.seek(position);
    int count = target.remaining();
    open.readFully(target.array(), target.arrayOffset() + target.position(), count);
    target.position(target.position() + count);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
    if (path != null) {
      Files.deleteIfExists(path);
    }
  }

  private RandomAccessFile open() throws IOException {
    RandomAccessFile open = file;
    if (open == null) {
      Path temporary = Files.createTempFile("mer4j-", ".unpacked");
      path = temporary;
      open = new RandomAccessFile(temporary.toFile(), "rw");
      file = open;
      deleteNow(temporary);
    }
    return open;
  }

  /** Deletes the name, so that the file goes with the process; not every system allows it. */
  private static void deleteNow(Path temporary) {
    try {
      Files.delete(temporary);
    } catch (IOException e) {
      LOG.debug("deleted when closed: {}", temporary, e);
    }
  }
}
