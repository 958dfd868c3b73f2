package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Reads a video's group, and refuses what does not fit together. */
final class EntryReader {
  /** Deflate never does better, so a dataset that claims more is damaged. */
  private static final long HIGHEST_COMPRESSION = 1032;

  private final Path path;
  private final FileChannel channel;
  private final NumberReader numbers;
  private final Spare spare = new Spare();

  EntryReader(Path path, FileChannel channel, long baseAddress) {
    this.path = path;
    this.channel = channel;
    numbers = new NumberReader(channel, baseAddress);
  }

  EntryShape shape(Group entry, String video) {
    Dataset features = dataset(entry, video, "features");
    int[] size = features.getDimensions();
    return new EntryShape(
        size.length == 0 ? 1 : size[0],
        size.length < 2 ? 0 : size[1],
        NumberReader.typeName(features.getDataType()),
        features.getDataLayout().name().toLowerCase(Locale.ROOT));
  }

  CsdEntry read(Group entry, String video) throws IOException {
    Rows intervals = table(entry, video, "intervals", new Spare());
    Rows features = table(entry, video, "features", spare);
    if (intervals.count() != features.count()) {
      throw fault(
          video,
          "has %d rows of features but %d intervals"
              .formatted(features.count(), intervals.count()));
    }
    if (intervals.count() > 0 && intervals.width() != 2) {
      throw fault(video, "has intervals of %d columns, not 2".formatted(intervals.width()));
    }
    double[] times = doubles(intervals);
    for (double time : times) {
      if (!Double.isFinite(time)) {
        throw fault(video, "has an interval at " + time);
      }
    }
    return new CsdEntry(video, times, features);
  }

  /** Lets the next entry be read to where the last one is. */
  void release() {
    spare.release();
  }

  private Dataset dataset(Group entry, String video, String name) {
    if (entry.getChild(name) instanceof Dataset dataset) {
      return dataset;
    }
    throw fault(
        video, "has no dataset '%s', only %s".formatted(name, entry.getChildren().keySet()));
  }

  private Rows table(Group entry, String video, String name, Spare memory) throws IOException {
    Dataset dataset = dataset(entry, video, name);
    int[] size = dataset.getDimensions();
    if (dataset.getSize() == 0 && size.length > 0 && size[0] == 0) {
      return new Rows.Floats(size.length == 2 ? size[1] : 0, new float[0]);
    }
    if (size.length != 2 || size[1] == 0) {
      throw fault(video, "has %s of shape %s, not [n, d]".formatted(name, Arrays.toString(size)));
    }
    if (!NumberReader.numeric(dataset.getDataType())) {
      throw fault(
          video,
          "has %s of type %s where numbers belong"
              .formatted(name, NumberReader.typeName(dataset.getDataType())));
    }
    long values = dataset.getSize();
    if (values > Integer.MAX_VALUE - 8 || values > channel.size() * HIGHEST_COMPRESSION) {
      throw fault(video, "claims %s of %d values: it is damaged".formatted(name, values));
    }
    return numbers.read(dataset, size[1], memory);
  }

  private static double[] doubles(Rows rows) {
    double[] values = new double[rows.count() * rows.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.at(i / rows.width(), i % rows.width());
    }
    return values;
  }

  private FileException fault(String video, String problem) {
    return new FileException(path, "entry '" + video + "' " + problem);
  }
}
