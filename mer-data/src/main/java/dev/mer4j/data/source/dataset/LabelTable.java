package dev.mer4j.data.source.dataset;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The label rows of a computational sequence, by video. */
final class LabelTable {
  private final Map<String, List<Row>> videos = new LinkedHashMap<>();

  /**
   * One row.
   *
   * @param start seconds into the video
   * @param end seconds into the video
   */
  record Row(double start, double end, SegmentLabel label) {
    boolean sameEmotions(Row other) {
      return label.scores().equals(other.label.scores());
    }
  }

  /** Starts without a row. */
  LabelTable() {}

  /**
   * Reads a file.
   *
   * @throws FileException if it has no sentiments, or cannot be read
   */
  static LabelTable read(Path path) {
    LabelTable table = new LabelTable();
    try (CsdFile file = CsdFile.open(path)) {
      for (String name : file.videos()) {
        CsdEntry entry = file.read(name);
        if (entry.rows().width() != Emotion.MOSEI.size() + 1) {
          throw new FileException(
              path,
              String.format(
                  Locale.ROOT,
                  "entry '%s' has %d columns; labels to be joined have 7, the sentiment and six"
                      + " emotions",
                  name,
                  entry.rows().width()));
        }
        for (int row = 0; row < entry.count(); row++) {
          table.add(
              video(name), new Row(entry.start(row), entry.end(row), Labels.of(entry.rows(), row)));
        }
      }
    }
    return table;
  }

  private static String video(String name) {
    try {
      return SegmentId.parse(name).video();
    } catch (ConfigException e) {
      return name;
    }
  }

  void add(String video, Row row) {
    videos.computeIfAbsent(video, unseen -> new ArrayList<>()).add(row);
  }

  Set<String> videos() {
    return videos.keySet();
  }

  /** Returns the rows of a video in the order of the file. */
  List<Row> of(String video) {
    return videos.getOrDefault(video, List.of());
  }
}
