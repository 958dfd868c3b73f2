package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The label file: the label rows of all videos. */
final class LabelFile implements AutoCloseable {
  private final CsdFile file;
  private final VideoEntries entries;

  LabelFile(Path path) {
    file = CsdFile.open(path);
    entries = new VideoEntries(file.videos());
  }

  Path path() {
    return file.path();
  }

  Set<String> videos() {
    return entries.videos();
  }

  /**
   * Returns the rows of a video, in the order of the file, or of their indices if each row is a
   * separate entry.
   *
   * @param faults handles entries that cannot be used
   * @throws MerException if the video does not exist
   */
  List<LabelInterval> rows(String video, FaultPolicy faults) {
    if (!videos().contains(video)) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "no video '%s' in %s, which has labels of %d videos; the closest ids are %s",
              video,
              path(),
              videos().size(),
              Suggestions.to(video, videos())));
    }
    List<LabelInterval> rows = new ArrayList<>();
    if (!entries.inParts()) {
      try {
        CsdEntry entry = read(video);
        for (int row = 0; row < entry.count(); row++) {
          rows.add(interval(new SegmentId(video, row), entry, row));
        }
      } catch (FileException e) {
        faults.found(video, e);
      }
    }
    for (SegmentId part : entries.parts(video)) {
      try {
        CsdEntry entry = read(part.toString());
        if (entry.count() > 1) {
          throw new FileException(
              path(),
              String.format(
                  Locale.ROOT,
                  "entry '%s' has %d rows; an entry named video[index] must have 1 row",
                  part,
                  entry.count()));
        }
        rows.add(interval(part, entry, 0));
      } catch (FileException e) {
        faults.found(part.toString(), e);
      }
    }
    return rows;
  }

  private static LabelInterval interval(SegmentId id, CsdEntry entry, int row) {
    return new LabelInterval(id, entry.start(row), entry.end(row), entry.rows(), row);
  }

  private CsdEntry read(String name) {
    CsdEntry entry = file.read(name);
    if (entry.count() == 0) {
      throw new FileException(path(), "entry '" + name + "' has no rows");
    }
    int width = entry.rows().width();
    if (width != Emotion.MOSEI.size() && width != Emotion.MOSEI.size() + 1) {
      throw new FileException(
          path(),
          String.format(
              Locale.ROOT,
              "entry '%s' has %d columns; labels must have 7 (sentiment and six emotions) or 6 columns",
              name,
              width));
    }
    return entry;
  }

  @Override
  public void close() {
    file.close();
  }
}
