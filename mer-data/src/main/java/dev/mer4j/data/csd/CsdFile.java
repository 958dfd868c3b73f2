package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
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
  private final FileChannel bytes;
  private final BoundedChannel structure;
  private final HdfFile hdf;
  private final String root;
  private final EntryReader reader;

  /**
   * Where each entry's header is. Found by its address, a group is not kept by jHDF, which would
   * take 3 to 7 kB for each.
   */
  private final Map<String, Long> entries = new LinkedHashMap<>();

  private CsdFile(Path path, FileChannel bytes) throws IOException {
    this.path = path;
    this.bytes = bytes;
    structure = new BoundedChannel(FileChannel.open(path, StandardOpenOption.READ));
    hdf = openHdf();
    try {
      checkWhole();
      Group top = top();
      root = top.getName();
      // By its address, so that jHDF does not keep the list either.
      Group data = (Group) hdf.getNodeByAddress(top.getChild("data").getAddress());
      data.getChildren().forEach((video, entry) -> entries.put(video, entry.getAddress()));
      reader = new EntryReader(path, bytes, hdf.getUserBlockSize());
    } catch (RuntimeException | Error e) {
      hdf.close();
      throw e;
    }
  }

  /**
   * Opens a file.
   *
   * @throws FileException if it is missing, empty, cut off, not HDF5, or not a computational
   *     sequence
   */
  public static CsdFile open(Path path) {
    HdfPreamble.check(path);
    return orFault(path, "cannot be opened as HDF5", () -> openWhole(path));
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
   * Returns the shape of the first entry that has rows, passing over those that cannot be read.
   *
   * @throws FileException if there is none
   */
  public EntryShape typical() {
    return shape(typicalVideo());
  }

  String typicalVideo() {
    for (String video : entries.keySet()) {
      try {
        EntryShape shape = shape(video);
        if (shape.rows() > 0 && (shape.width() > 0 || shape.text())) {
          return video;
        }
      } catch (FileException e) {
        LOG.debug("passed over", e);
      }
    }
    throw new FileException(path, "has no rows in any of its %d entries".formatted(entries.size()));
  }

  /**
   * Reads an entry; one without rows is empty.
   *
   * @throws FileException if there is no such entry, it is damaged, it holds no numbers, or its
   *     rows and intervals do not fit each other
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
      bytes.close();
    } catch (IOException e) {
      throw new FileException(path, "cannot be closed: " + e.getMessage(), e);
    }
  }

  /** Given a path, jHDF maps a region per group and the JVM dies after some 65,000 of them. */
  private HdfFile openHdf() throws IOException {
    try {
      return new HdfFile(structure, path.toUri());
    } catch (RuntimeException | Error e) {
      closeQuietly(structure, e);
      throw e;
    }
  }

  private void checkWhole() throws IOException {
    long promised = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
    if (bytes.size() < promised) {
      throw new FileException(
          path,
          String.format(
              Locale.ROOT,
              "truncated: the header promises %,d bytes, the file has %,d; download it again",
              promised,
              bytes.size()));
    }
  }

  private Group top() {
    List<Group> tops = new ArrayList<>();
    for (Node node : hdf.getChildren().values()) {
      if (node instanceof Group group && group.getChild("data") instanceof Group) {
        tops.add(group);
      }
    }
    if (tops.size() != 1) {
      throw new FileException(
          path,
          "is HDF5 but not a computational sequence: %d of its top-level groups %s have a 'data'"
                  .formatted(tops.size(), hdf.getChildren().keySet())
              + " group inside, expected one");
    }
    return tops.get(0);
  }

  private Group entry(String video) {
    Long address = entries.get(video);
    if (address == null) {
      throw new FileException(path, "has no entry '" + video + "'");
    }
    structure.renew();
    if (hdf.getNodeByAddress(address) instanceof Group entry) {
      return entry;
    }
    throw new FileException(path, "entry '" + video + "' is not a group of features and intervals");
  }

  /** jHDF meets damage with whatever exception, or allocation, the damaged bytes bring about. */
  private static <T> T orFault(Path path, String what, Callable<T> reading) {
    try {
      return reading.call();
    } catch (MerException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new FileException(
          path,
          what + ": it asks for more memory than the JVM has; it is damaged, or -Xmx is low",
          e);
    } catch (Exception | StackOverflowError | LinkageError e) {
      throw new FileException(
          path, what + ": it is damaged (" + rootMessage(e) + "); download it again", e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
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
