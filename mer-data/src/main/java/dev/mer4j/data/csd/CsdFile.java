package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A computational sequence: {@code /<root>/data/<video>/{features,intervals}} in HDF5.
 *
 * <p>Memory is that of one entry, whatever the file's size. Video ids are taken literally. Not safe
 * for use by several threads.
 */
public final class CsdFile implements AutoCloseable {
  /** jHDF keeps 3 to 7 kB of heap for each group it has visited, until it is closed. */
  private static final int VISITS_PER_OPENING = 2000;

  private final Path path;
  private final FileChannel bytes;
  private HdfFile hdf;
  private String root;
  private Group data;
  private NumberReader numbers;
  private int visits;
  private final Set<String> videos;

  private CsdFile(Path path, FileChannel bytes) throws IOException {
    this.path = path;
    this.bytes = bytes;
    hdf = openHdf();
    try {
      checkWhole();
      Group top = top();
      root = top.getName();
      data = (Group) top.getChild("data");
      numbers = new NumberReader(bytes, hdf.getUserBlockSize());
      videos = Collections.unmodifiableSet(new LinkedHashSet<>(data.getChildren().keySet()));
    } catch (RuntimeException e) {
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
    FileChannel bytes = null;
    try {
      bytes = FileChannel.open(path, StandardOpenOption.READ);
      return new CsdFile(path, bytes);
    } catch (IOException | RuntimeException e) {
      closeQuietly(bytes, e);
      throw fault(path, "cannot be opened as HDF5", e);
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
    return videos;
  }

  /**
   * Returns what an entry looks like.
   *
   * @throws FileException if there is no such entry, or it is damaged
   */
  public EntryShape shape(String video) {
    try {
      Dataset features = dataset(entry(video), video, "features");
      int[] size = features.getDimensions();
      return new EntryShape(
          size.length == 0 ? 1 : size[0],
          size.length < 2 ? 0 : size[1],
          NumberReader.typeName(features.getDataType()),
          features.getDataLayout().name().toLowerCase(Locale.ROOT));
    } catch (RuntimeException e) {
      throw fault(path, "entry '" + video + "' cannot be read", e);
    }
  }

  /**
   * Reads an entry; one without rows is empty.
   *
   * @throws FileException if there is no such entry, it is damaged, it holds no numbers, or its
   *     rows and intervals do not fit each other
   */
  public CsdEntry read(String video) {
    try {
      Group entry = entry(video);
      Rows intervals = table(entry, video, "intervals");
      Rows features = table(entry, video, "features");
      if (intervals.count() != features.count()) {
        throw entryFault(
            video,
            "has %d rows of features but %d intervals"
                .formatted(features.count(), intervals.count()));
      }
      if (intervals.count() > 0 && intervals.width() != 2) {
        throw entryFault(video, "has intervals of %d columns, not 2".formatted(intervals.width()));
      }
      return new CsdEntry(video, doubles(intervals), features);
    } catch (IOException | RuntimeException e) {
      throw fault(path, "entry '" + video + "' cannot be read", e);
    }
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

  private HdfFile openHdf() throws IOException {
    // Given a path, jHDF maps a region per group and the JVM dies after some 65,000 of them.
    SeekableByteChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new HdfFile(channel, path.toUri());
    } catch (RuntimeException e) {
      closeQuietly(channel, e);
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
    if (!videos.contains(video)) {
      throw new FileException(path, "has no entry '" + video + "'");
    }
    if (++visits > VISITS_PER_OPENING) {
      reopen();
    }
    if (data.getChild(video) instanceof Group entry) {
      return entry;
    }
    throw entryFault(video, "is not a group of features and intervals");
  }

  private void reopen() {
    hdf.close();
    try {
      hdf = openHdf();
    } catch (IOException e) {
      throw new FileException(path, "cannot be read any more: " + e.getMessage(), e);
    }
    data = (Group) top().getChild("data");
    visits = 1;
  }

  private Dataset dataset(Group entry, String video, String name) {
    if (entry.getChild(name) instanceof Dataset dataset) {
      return dataset;
    }
    throw entryFault(
        video, "has no dataset '%s', only %s".formatted(name, entry.getChildren().keySet()));
  }

  private Rows table(Group entry, String video, String name) throws IOException {
    Dataset dataset = dataset(entry, video, name);
    int[] size = dataset.getDimensions();
    if (dataset.getSize() == 0 && size.length > 0 && size[0] == 0) {
      return new Rows.Floats(size.length == 2 ? size[1] : 0, new float[0]);
    }
    if (size.length != 2 || size[1] == 0) {
      throw entryFault(
          video, "has %s of shape %s, not [n, d]".formatted(name, Arrays.toString(size)));
    }
    if (!NumberReader.numeric(dataset.getDataType())) {
      throw entryFault(
          video,
          "has %s of type %s where numbers belong"
              .formatted(name, NumberReader.typeName(dataset.getDataType())));
    }
    if (dataset.getSize() > Integer.MAX_VALUE - 8) {
      throw entryFault(video, "has %s of %,d values: too many".formatted(name, dataset.getSize()));
    }
    return numbers.read(dataset, size[1]);
  }

  private static double[] doubles(Rows rows) {
    if (rows instanceof Rows.Doubles doubles) {
      return doubles.values();
    }
    double[] values = new double[rows.count() * rows.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.at(i / rows.width(), i % rows.width());
    }
    return values;
  }

  private FileException entryFault(String video, String problem) {
    return new FileException(path, "entry '" + video + "' " + problem);
  }

  /** jHDF meets damage with whatever exception the damaged bytes happen to cause. */
  private static MerException fault(Path path, String what, Exception e) {
    return e instanceof MerException known
        ? known
        : new FileException(
            path, what + ": it is damaged (" + rootMessage(e) + "); download it again", e);
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static void closeQuietly(@Nullable Closeable open, Exception cause) {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
