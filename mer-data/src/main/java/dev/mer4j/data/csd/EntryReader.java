package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.data.internal.hdf5.BrokenLinkException;
import dev.mer4j.data.internal.hdf5.Dataset;
import dev.mer4j.data.internal.hdf5.Hdf5File;
import dev.mer4j.data.internal.hdf5.Link;
import dev.mer4j.data.internal.hdf5.NumberType;
import dev.mer4j.data.internal.hdf5.UnsupportedHdf5Exception;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Reads and validates a video's group. */
final class EntryReader {
  /** The maximum compression ratio of Deflate; a dataset that claims more is damaged. */
  private static final long HIGHEST_COMPRESSION = 1032;

  private final Path path;
  private final long fileBytes;
  private final Hdf5File hdf;
  private final NumberReader numbers;
  private final ReusableBuffer spare = new ReusableBuffer();
  private final ReusableBuffer spareIntervals = new ReusableBuffer();

  EntryReader(Path path, Hdf5File hdf, long fileBytes) {
    this.path = path;
    this.hdf = hdf;
    this.fileBytes = fileBytes;
    numbers = new NumberReader(hdf.tables());
  }

  EntryShape shape(long entry, String video) {
    Dataset features = dataset(entry, members(entry, video), video, "features");
    long[] size = features.dimensions();
    return new EntryShape(
        features.isNull() ? 0 : size.length == 0 ? 1 : Math.toIntExact(size[0]),
        size.length < 2 ? 0 : Math.toIntExact(size[1]),
        features.typeName(),
        features.layoutName());
  }

  CsdEntry read(long entry, String video) throws IOException {
    return read(entry, video, this::features);
  }

  /** Reads an entry without the values of its features. */
  CsdEntry readIntervals(long entry, String video) throws IOException {
    return read(entry, video, this::unread);
  }

  /** Converts the dataset of features to rows. */
  @FunctionalInterface
  private interface Table {
    Rows of(Dataset dataset, String video) throws IOException;
  }

  private CsdEntry read(long entry, String video, Table table) throws IOException {
    Map<String, Link> members = members(entry, video);
    Rows intervals = intervals(entry, members, video);
    Rows features = table.of(dataset(entry, members, video, "features"), video);
    double[] times = times(intervals, features.count(), "rows of features", video);
    return new CsdEntry(video, times, features);
  }

  /** Returns intervals that the next ones overwrite. */
  private Rows intervals(long entry, Map<String, Link> members, String video) throws IOException {
    spareIntervals.release();
    return numbers(dataset(entry, members, video, "intervals"), video, "intervals", spareIntervals);
  }

  private Rows features(Dataset dataset, String video) throws IOException {
    return numbers(dataset, video, "features", spare);
  }

  private Rows unread(Dataset dataset, String video) {
    return shape(dataset, video, "features");
  }

  /** Reads the words of an entry [n, 1]. */
  List<Word> words(long entry, String video) throws IOException {
    Map<String, Link> members = members(entry, video);
    Rows intervals = intervals(entry, members, video);
    Dataset dataset = dataset(entry, members, video, "features");
    long[] size = dataset.dimensions();
    if (dataset.strings() == null) {
      throw fault(
          video,
          String.format(
              Locale.ROOT,
              "has features of type %s, expected words, as CMU_MOSEI_TimestampedWords.csd has",
              dataset.typeName()));
    }
    if (dataset.isNull() || size.length != 2 || size[1] != 1) {
      throw fault(video, "has words of shape " + Arrays.toString(size) + ", expected [n, 1]");
    }
    requirePlausible("words", size, video);
    List<String> texts = size[0] == 0 ? List.of() : strings(dataset, video);
    double[] times = times(intervals, texts.size(), "words", video);
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      words.add(new Word(texts.get(i), times[2 * i], times[2 * i + 1]));
    }
    return words;
  }

  private List<String> strings(Dataset dataset, String video) throws IOException {
    try {
      return hdf.tables().readStrings(dataset);
    } catch (UnsupportedHdf5Exception e) {
      throw unsupported(video, "words", e);
    }
  }

  /** Returns the intervals [n, 2] of n rows. */
  private double[] times(Rows intervals, int rows, String what, String video) {
    if (intervals.count() != rows) {
      throw fault(
          video,
          String.format(Locale.ROOT, "has %d %s but %d intervals", rows, what, intervals.count()));
    }
    if (intervals.count() > 0 && intervals.width() != 2) {
      throw fault(
          video,
          String.format(Locale.ROOT, "has intervals of %d columns, expected 2", intervals.width()));
    }
    double[] times = doubles(intervals);
    for (double time : times) {
      if (!Double.isFinite(time)) {
        throw fault(video, "has an interval at " + time);
      }
    }
    return times;
  }

  /** Lets the next entry overwrite the last one. */
  void release() {
    spare.release();
  }

  private Map<String, Link> members(long entry, String video) {
    Map<String, Link> members = hdf.links(entry);
    if (members == null) {
      throw fault(video, "is not a group of features and intervals");
    }
    return members;
  }

  private Dataset dataset(long entry, Map<String, Link> members, String video, String name) {
    Link link = members.get(name);
    Dataset dataset = null;
    try {
      dataset = link == null ? null : hdf.dataset(hdf.follow(entry, link));
    } catch (BrokenLinkException e) {
      throw fault(video, "has " + name + ", which " + e.getMessage());
    } catch (UnsupportedHdf5Exception e) {
      throw unsupported(video, name, e);
    }
    if (dataset == null) {
      throw fault(
          video,
          String.format(Locale.ROOT, "has no dataset '%s', only %s", name, members.keySet()));
    }
    return dataset;
  }

  private Rows numbers(Dataset dataset, String video, String name, ReusableBuffer memory)
      throws IOException {
    Rows.Unread shape = shape(dataset, video, name);
    if (shape.count() == 0) {
      return new Rows.Floats(shape.width(), new float[0]);
    }
    NumberType type = Objects.requireNonNull(dataset.number());
    try {
      return numbers.read(dataset, type, shape.count() * shape.width(), shape.width(), memory);
    } catch (UnsupportedHdf5Exception e) {
      throw unsupported(video, name, e);
    }
  }

  /** Returns the shape [n, D] of a dataset of numbers. */
  private Rows.Unread shape(Dataset dataset, String video, String name) {
    long[] size = dataset.dimensions();
    if (dataset.isNull()) {
      throw fault(video, "has " + name + " without a shape (a null dataspace), expected [n, d]");
    }
    if (size.length > 0 && size[0] == 0) {
      long width = size.length == 2 ? size[1] : 0;
      return new Rows.Unread(0, (int) Math.min(width, Integer.MAX_VALUE));
    }
    if (size.length != 2 || size[1] == 0) {
      throw fault(video, wrongShape(name, size));
    }
    if (dataset.number() == null) {
      throw fault(
          video,
          String.format(
              Locale.ROOT, "has %s of type %s, expected numbers", name, dataset.typeName()));
    }
    requirePlausible(name, size, video);
    return new Rows.Unread((int) size[0], (int) size[1]);
  }

  private void requirePlausible(String name, long[] size, String video) {
    if (size[0] < 0
        || size[1] < 0
        || size[0] > Integer.MAX_VALUE
        || size[1] > Integer.MAX_VALUE
        || size[0] * size[1] > Integer.MAX_VALUE - 8
        || size[0] * size[1] > fileBytes * HIGHEST_COMPRESSION) {
      throw fault(
          video,
          String.format(
              Locale.ROOT,
              "claims %s of shape %s, which exceeds the file size of %,d bytes",
              name,
              Arrays.toString(size),
              fileBytes));
    }
  }

  private static String wrongShape(String name, long[] size) {
    String problem =
        String.format(
            Locale.ROOT, "has %s of shape %s, expected [n, d]", name, Arrays.toString(size));
    return size.length == 1 && name.equals("features")
        ? String.format(
            Locale.ROOT,
            "%s; if it is one number for each of %d intervals, store it as [%d, 1]",
            problem,
            size[0],
            size[0])
        : problem;
  }

  private static double[] doubles(Rows rows) {
    double[] values = new double[rows.count() * rows.width()];
    if (rows instanceof Rows.Doubles doubles) {
      doubles.values().get(0, values);
      return values;
    }
    for (int row = 0, i = 0; row < rows.count(); row++) {
      for (int column = 0; column < rows.width(); column++, i++) {
        values[i] = rows.at(row, column);
      }
    }
    return values;
  }

  private FileException unsupported(String video, String name, UnsupportedHdf5Exception e) {
    return new FileException(
        path,
        String.format(
            Locale.ROOT,
            "entry '%s' has %s in an unsupported format: %s",
            video,
            name,
            e.getMessage()),
        e);
  }

  private FileException fault(String video, String problem) {
    return new FileException(path, "entry '" + video + "' " + problem);
  }
}
