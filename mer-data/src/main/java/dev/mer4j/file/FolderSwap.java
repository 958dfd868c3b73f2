package dev.mer4j.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Replaces a folder by another one in two moves. The process can be killed at any step:
 *
 * <ol>
 *   <li>{@code .NAME.UUID.new} is written and forced to disk
 *   <li>the old folder becomes {@code .NAME.UUID.old}
 *   <li>the new folder gets its name
 *   <li>files of the old folder that this program did not write are moved to the new one
 *   <li>the rest of the old folder is deleted
 * </ol>
 *
 * <p>The lock {@code .NAME.UUID.part} exists from before the first step until after the last.
 * {@link #recover} finds folders without a lock: it restores the name of an old folder if no new
 * one exists, and completes the last two steps otherwise.
 */
final class FolderSwap {
  private static final String NEW = ".new";
  private static final String OLD = ".old";

  private final Path folder;
  private final Path fresh;
  private final Path old;

  /** Creates a swap with the name of a lock that the caller holds. */
  FolderSwap(Path folder, Path lock) {
    this.folder = folder;
    String name = lock.getFileName().toString();
    String stem = name.substring(0, name.length() - PartFile.SUFFIX.length());
    fresh = lock.resolveSibling(stem + NEW);
    old = lock.resolveSibling(stem + OLD);
  }

  void run(Map<String, byte[]> contents) throws IOException {
    try {
      write(contents);
      if (Files.exists(folder)) {
        Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      restore();
      delete(fresh);
      throw e;
    }
    AtomicFile.forceFolder(folder.getParent());
    empty();
  }

  private void write(Map<String, byte[]> contents) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(contents);
    all.put(Manifest.NAME, Manifest.of(contents).encode());
    Files.createDirectory(fresh);
    for (Map.Entry<String, byte[]> content : all.entrySet()) {
      try (FileChannel channel =
          FileChannel.open(
              fresh.resolve(content.getKey()),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE)) {
        ChannelIo.writeFully(channel, ByteBuffer.wrap(content.getValue()));
        channel.force(true);
      }
    }
    AtomicFile.forceFolder(fresh);
  }

  /** Restores the name of the old folder, if it is unused. */
  private void restore() throws IOException {
    if (Files.exists(old) && !Files.exists(folder)) {
      Files.move(old, folder, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Moves files that this program did not write to the new folder, and deletes the rest of the old
   * folder.
   */
  private void empty() throws IOException {
    if (!Files.isDirectory(old)) {
      return;
    }
    Manifest manifest = Manifest.read(old);
    for (Path file : OutputFolder.list(old)) {
      Path kept = folder.resolve(file.getFileName());
      if (!manifest.has(file) && !Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    delete(old);
  }

  /** Completes or undoes the interrupted swaps of killed processes. */
  static void recover(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return;
    }
    PartFile.deleteAbandoned(folder);
    for (Path file : OutputFolder.list(parent)) {
      String name = file.getFileName().toString();
      for (String suffix : List.of(OLD, NEW)) {
        if (PartFile.isOf(folder, name, suffix)) {
          String stem = name.substring(0, name.length() - suffix.length());
          Path lock = file.resolveSibling(stem + PartFile.SUFFIX);
          if (!Files.exists(lock)) {
            new FolderSwap(folder, lock).recover();
          }
        }
      }
    }
  }

  private void recover() throws IOException {
    restore();
    empty();
    delete(fresh);
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
