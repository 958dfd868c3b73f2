package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.internal.hdf5.BrokenLinkException;
import dev.mer4j.data.internal.hdf5.Hdf5Exception;
import dev.mer4j.data.internal.hdf5.Hdf5File;
import dev.mer4j.data.internal.hdf5.Link;
import dev.mer4j.data.internal.hdf5.UnsupportedHdf5Exception;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.Uninterrupted;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A computational sequence: {@code /<root>/data/<video>/{features,intervals}} in HDF5.
 *
 * <p>One entry is in memory at a time, regardless of the file's size. Video ids are used verbatim.
 * Not thread-safe.
 */
public final class CsdFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CsdFile.class);

  private final Path path;
  private final Hdf5File hdf;
  private final String root;
  private final long data;
  private final EntryReader reader;

  /** The link of each entry's name. */
  private final Map<String, Link> entries;

  private CsdFile(Path path, FileChannel bytes) throws IOException {
    this.path = path;
    hdf = Hdf5File.open(bytes);
    checkWhole(bytes.size());
    Map.Entry<String, Long> top = top();
    root = top.getKey();
    data = top.getValue();
    entries = Objects.requireNonNull(hdf.links(data));
    reader = new EntryReader(path, hdf, bytes.size());
  }

  /**
   * Opens a file. Soft links within the file are followed. Reading an entry that is an external or
   * broken link raises an error.
   *
   * @throws FileException if the file is missing, empty, truncated, not HDF5, or not a
   *     computational sequence
   */
  public static CsdFile open(Path path) {
    HdfPreamble.check(path);
    return Uninterrupted.get(
        () -> orFault(path, "cannot be opened as HDF5", () -> openWhole(path)));
  }

  private static CsdFile openWhole(Path path) throws IOException {
    FileChannel bytes = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new CsdFile(path, bytes);
    } catch (IOException | RuntimeException | Error e) {
      closeQuietly(bytes, e);
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  /** Returns the name of the top-level group, which the writer chooses. */
  public String root() {
    return root;
  }

  /** Returns the ids of all videos, in the file's order. */
  public Set<String> videos() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * Returns the shape of an entry.
   *
   * @throws FileException if the entry does not exist or is damaged
   */
  public EntryShape shape(String video) {
    return orFault(
        path, "entry '" + video + "' cannot be read", () -> reader.shape(entry(video), video));
  }

  /**
   * Reads an entry; an entry without rows is empty.
   *
   * @throws FileException if the entry does not exist, is damaged, is not numeric, or has different
   *     numbers of rows and intervals
   * @throws MerException if the thread is interrupted, which closes the file
   */
  public CsdEntry read(String video) {
    return orFault(
        path, "entry '" + video + "' cannot be read", () -> reader.read(entry(video), video));
  }

  /**
   * Reads an entry, except for the values of its rows, which remain {@link Rows.Unread}.
   *
   * @throws FileException as {@link #read}, except for damage to the values
   */
  public CsdEntry readIntervals(String video) {
    return orFault(
        path,
        "entry '" + video + "' cannot be read",
        () -> reader.readIntervals(entry(video), video));
  }

  /**
   * Reads an entry of words, in the file's order.
   *
   * @throws FileException if the entry does not exist, is damaged, has no strings, or has different
   *     numbers of words and intervals
   * @throws MerException if the thread is interrupted, which closes the file
   */
  public List<Word> readWords(String video) {
    return orFault(
        path, "entry '" + video + "' cannot be read", () -> reader.words(entry(video), video));
  }

  /**
   * Releases the entries read so far: the caller must not use them any more. The next read may
   * overwrite them, which avoids an allocation.
   */
  public void release() {
    reader.release();
  }

  @Override
  public void close() {
    try {
      hdf.close();
    } catch (IOException e) {
      throw new FileException(path, "cannot be closed: " + IoReason.of(e), e);
    }
  }

  private void checkWhole(long size) {
    long promised = hdf.promisedSize();
    if (size < promised) {
      throw new FileException(
          path,
          String.format(
              Locale.ROOT,
              "truncated: the header promises %,d bytes, the file has %,d; download it again",
              promised,
              size));
    }
  }

  /**
   * Returns the name of the only top-level group that contains a group 'data', and the address of
   * that group.
   */
  private Map.Entry<String, Long> top() {
    Map<String, Link> all = hdf.links(hdf.root());
    if (all == null) {
      throw new Hdf5Exception("its root is not a group");
    }
    Map<String, Long> tops = new LinkedHashMap<>();
    all.forEach(
        (name, link) -> {
          Long group = group(hdf.root(), name, link);
          Map<String, Link> members = group == null ? null : hdf.links(group);
          Link inside = members == null ? null : members.get("data");
          Long found = group == null || inside == null ? null : group(group, name, inside);
          if (found != null) {
            tops.put(name, found);
          }
        });
    if (tops.size() != 1) {
      throw new FileException(
          path,
          String.format(
              Locale.ROOT,
              "is HDF5 but not a computational sequence: %d of its top-level groups %s contain a"
                  + " 'data' group, expected one",
              tops.size(),
              all.keySet()));
    }
    return tops.entrySet().iterator().next();
  }

  /** Returns the address of the group that a link resolves to; null if it is not a group. */
  private @Nullable Long group(long parent, String name, Link link) {
    try {
      long address = hdf.follow(parent, link);
      return hdf.links(address) == null ? null : address;
    } catch (BrokenLinkException e) {
      LOG.warn("{}: '{}' {}; skipped", path, name, e.getMessage());
      return null;
    }
  }

  private long entry(String video) {
    Link link = entries.get(video);
    if (link == null) {
      throw new FileException(path, "has no entry '" + video + "'");
    }
    hdf.renewAllowance();
    try {
      return hdf.follow(data, link);
    } catch (BrokenLinkException e) {
      throw new FileException(path, "entry '" + video + "' " + e.getMessage(), e);
    }
  }

  /**
   * Runs a read and converts all exceptions, because damaged bytes may cause any exception or
   * allocation.
   */
  private static <T> T orFault(Path path, String what, Callable<T> reading) {
    try {
      return reading.call();
    } catch (MerException e) {
      throw e;
    } catch (UnsupportedHdf5Exception e) {
      throw new FileException(path, what + ": unsupported format: " + e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      if (root(e) instanceof ClosedChannelException) {
        // Not a FileException: an interrupt is not a fault of the file, and must not be skipped
        // like a damaged entry.
        throw new MerException(path + ": " + what + ": " + rootMessage(e), e);
      }
      throw new FileException(path, what + ": " + rootMessage(e), e);
    } catch (OutOfMemoryError e) {
      throw new FileException(
          path,
          what
              + ": it requires more memory than the JVM may use; raise -Xmx, unless the file is"
              + " damaged",
          e);
    } catch (Exception | StackOverflowError | LinkageError e) {
      throw new FileException(
          path, what + ": it is damaged (" + rootMessage(e) + "); download it again", e);
    }
  }

  private static Throwable root(Throwable e) {
    Throwable cause = e;
    while (!(cause instanceof Hdf5Exception) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = root(e);
    if (cause instanceof IOException io) {
      return IoReason.of(io);
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static void closeQuietly(Closeable open, Throwable cause) {
    try {
      open.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
