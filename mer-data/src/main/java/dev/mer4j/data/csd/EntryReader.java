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

/** Reads and validates a video's group. */
final class EntryReader {
  /** The maximum compression ratio of Deflate; a dataset that claims more is damaged. */
  private static final long HIGHEST_COMPRESSION = 1032;

  private final Path path;
  private final long fileBytes;
  private final Hdf5File hdf;
  private final NumberReader numbers;
  private final ReusableBuffer spare = new ReusableBuffer();

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
    Map<String, Link> members = members(entry, video);
    Rows intervals =
        table(
            dataset(entry, members, video, "intervals"), video, "intervals", new ReusableBuffer());
    Rows features = table(dataset(entry, members, video, "features"), video, "features", spare);
    double[] times = times(intervals, features.count(), "rows of features", video);
    return new CsdEntry(video, times, features);
  }

  /** Reads the words of an entry [n, 1]. */
  List<Word> words(long entry, String video) throws IOException {
    Map<String, Link> members = members(entry, video);
    Rows intervals =
        table(
            dataset(entry, members, video, "intervals"), video, "intervals", new ReusableBuffer());
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

  private Rows table(Dataset dataset, String video, String name, ReusableBuffer memory)
      throws IOException {
    long[] size = dataset.dimensions();
    if (dataset.isNull()) {
      throw fault(video, "has " + name + " without a shape (a null dataspace), expected [n, d]");
    }
    if (size.length > 0 && size[0] == 0) {
      long width = size.length == 2 ? size[1] : 0;
      return new Rows.Floats((int) Math.min(width, Integer.MAX_VALUE), new float[0]);
    }
    if (size.length != 2 || size[1] == 0) {
      throw fault(video, wrongShape(name, size));
    }
    NumberType type = dataset.number();
    if (type == null) {
      throw fault(
          video,
          String.format(
              Locale.ROOT, "has %s of type %s, expected numbers", name, dataset.typeName()));
    }
    requirePlausible(name, size, video);
    try {
      return numbers.read(dataset, type, (int) (size[0] * size[1]), (int) size[1], memory);
    } catch (UnsupportedHdf5Exception e) {
      throw unsupported(video, name, e);
    }
  }

  private void requirePlausible(String name, long[] size, String video) {
    if (size[0] > Integer.MAX_VALUE
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
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.at(i / rows.width(), i % rows.width());
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
