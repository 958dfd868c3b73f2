package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import dev.mer4j.data.source.table.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A table with a row for each segment: {@code id} or {@code video}, and where known {@code start},
 * {@code end}, {@code split}, {@code sentiment} and a column for each emotion.
 *
 * @param names what the rows call their segments, to find files by
 */
record SegmentsTable(List<SegmentEntry> entries, List<String> names, List<String> unread) {
  static SegmentsTable read(Path file) {
    try (TextTable table = TextTable.open(file)) {
      return new Reading(table).read();
    }
  }

  /** One reading. */
  private static final class Reading {
    private final TextTable table;
    private final int id;
    private final int video;
    private final int start;
    private final int end;
    private final int split;
    private final int sentiment;
    private final int[] emotions;
    private final SegmentName.Numbering numbering = new SegmentName.Numbering();

    Reading(TextTable table) {
      this.table = table;
      id = table.column("id", "segment", "segment_id");
      video = table.column("video", "video_id");
      start = table.column("start");
      end = table.column("end");
      split = table.column("split", "fold", "mode");
      sentiment = table.column("sentiment");
      emotions = Stream.of(Emotion.values()).mapToInt(e -> table.column(e.key())).toArray();
      if (id < 0 && video < 0) {
        throw new FileException(
            table.file(), "has neither a column id nor a column video: " + table.columns());
      }
      long found = Stream.of(Emotion.values()).filter(e -> table.column(e.key()) >= 0).count();
      if (found > 0 && found < emotions.length) {
        throw new FileException(
            table.file(),
            String.format(
                Locale.ROOT,
                "has columns for %d of the %d emotions %s",
                found,
                emotions.length,
                Stream.of(Emotion.values()).map(Emotion::key).toList()));
      }
    }

    SegmentsTable read() {
      List<SegmentEntry> entries = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (List<String> row = table.next(); row != null; row = table.next()) {
        SegmentName name = name(row);
        entries.add(
            new SegmentEntry(
                numbering.id(name), 0, entries.size(), split(row), interval(row), label(row)));
        names.add(row.get(id < 0 ? video : id));
      }
      if (entries.isEmpty()) {
        throw new FileException(table.file(), "has no rows");
      }
      return new SegmentsTable(entries, names, unread());
    }

    private SegmentName name(List<String> row) {
      String text = row.get(id < 0 ? video : id);
      if (text.isEmpty()) {
        throw fault(id < 0 ? video : id, text, "the name of a segment");
      }
      SegmentName name = SegmentName.parse(List.of(text));
      if (id >= 0 && video >= 0 && !name.video().equals(row.get(video))) {
        return new SegmentName(row.get(video), null, Double.NaN, Double.NaN);
      }
      return name;
    }

    private SegmentEntry.Interval interval(List<String> row) {
      if (start < 0 || end < 0) {
        return SegmentEntry.Interval.UNKNOWN;
      }
      SegmentEntry.Interval interval =
          new SegmentEntry.Interval(table.number(row, start), table.number(row, end));
      if (interval.end() < interval.start()) {
        throw fault(end, row.get(end), "seconds after the start, " + row.get(start));
      }
      return interval;
    }

    private Split split(List<String> row) {
      String text = split < 0 ? "" : row.get(split);
      if (text.isEmpty() || text.equalsIgnoreCase(Split.NONE.key())) {
        return Split.NONE;
      }
      Split found = SplitFile.split(text);
      if (found == null) {
        throw fault(split, text, "train, valid, test, or nothing");
      }
      return found;
    }

    private SegmentLabel label(List<String> row) {
      float feeling = sentiment < 0 ? Float.NaN : (float) table.number(row, sentiment);
      if (emotions[0] < 0) {
        return Labels.unlabeled(feeling);
      }
      double[] values = new double[1 + emotions.length];
      values[0] = feeling;
      for (int e = 0; e < emotions.length; e++) {
        values[1 + e] = table.number(row, emotions[e]);
      }
      int width = sentiment < 0 ? emotions.length : values.length;
      double[] columns = new double[width];
      System.arraycopy(values, values.length - width, columns, 0, width);
      return Labels.of(new Rows.Doubles(width, columns), 0);
    }

    private List<String> unread() {
      List<String> unread = new ArrayList<>();
      for (int c = 0; c < table.columns().size(); c++) {
        int column = c;
        boolean read =
            List.of(id, video, start, end, split, sentiment).contains(c)
                || Stream.of(Emotion.values())
                    .anyMatch(e -> e.key().equalsIgnoreCase(table.columns().get(column)));
        if (!read) {
          unread.add(table.columns().get(c));
        }
      }
      return unread;
    }

    private FileException fault(int column, String text, String expected) {
      return new FileException(
          table.file(),
          String.format(
              Locale.ROOT,
              "line %d, column '%s' is '%s', expected %s",
              table.line(),
              table.columns().get(column),
              text,
              expected));
    }
  }
}
