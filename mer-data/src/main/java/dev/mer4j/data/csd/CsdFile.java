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
 * <p>Memory is that of one entry, whatever the file's size. Video ids are taken literally. Not safe
 * for use by several threads.
 */
public final class CsdFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CsdFile.class);

  private final Path path;
  private final Hdf5File hdf;
  private final String root;
  private final long data;
  private final EntryReader reader;

  /** What each entry's name leads to. */
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
   * Opens a file. Soft links within the file are followed; an entry that is a link to another file,
   * or to nothing, is an error when it is read.
   *
   * @throws FileException if it is missing, empty, cut off, not HDF5, or not a computational
   *     sequence
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

  /** The name of the top-level group, which is whatever the writer chose. */
  public String root() {
    return root;
  }

  /** The ids of all videos, in the file's order. */
  public Set<String> videos() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * Returns what an entry looks like.
   *
   * @throws FileException if there is no such entry, or it is damaged
   */
  public EntryShape shape(String video) {
    return orFault(
        path, "entry '" + video + "' cannot be read", () -> reader.shape(entry(video), video));
  }

  /**
   * Reads an entry; one without rows is empty.
   *
   * @throws FileException if there is no such entry, it is damaged, it holds no numbers, or its
   *     rows and intervals do not fit each other
   * @throws MerException if the thread is interrupted, which closes the file
   */
  public CsdEntry read(String video) {
    return orFault(
        path, "entry '" + video + "' cannot be read", () -> reader.read(entry(video), video));
  }

  /**
   * Says that nobody looks at the entries read so far any more: the next one may be written over
   * them, which is faster than to make room for it.
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

  /** Returns the name of the only top-level group with a group 'data', and the latter's address. */
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
              "is HDF5 but not a computational sequence: %d of its top-level groups %s have a"
                  + " 'data' group inside, expected one",
              tops.size(),
              all.keySet()));
    }
    return tops.entrySet().iterator().next();
  }

  /** Returns the address of the group that a link leads to; null if there is none. */
  private @Nullable Long group(long parent, String name, Link link) {
    try {
      long address = hdf.follow(parent, link);
      return hdf.links(address) == null ? null : address;
    } catch (BrokenLinkException e) {
      LOG.warn("{}: '{}' {}; passed over", path, name, e.getMessage());
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

  /** Damaged bytes may bring about whatever exception, or allocation. */
  private static <T> T orFault(Path path, String what, Callable<T> reading) {
    try {
      return reading.call();
    } catch (MerException e) {
      throw e;
    } catch (UnsupportedHdf5Exception e) {
      throw new FileException(
          path, what + ": it has a form that is not read: " + e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      if (root(e) instanceof ClosedChannelException) {
        // No fault of the file: whoever passes over damaged entries must not pass over this one.
        throw new MerException(path + ": " + what + ": " + rootMessage(e), e);
      }
      throw new FileException(path, what + ": " + rootMessage(e), e);
    } catch (OutOfMemoryError e) {
      throw new FileException(
          path,
          what
              + ": it takes more memory than the JVM may use; raise -Xmx, if the file is not"
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
