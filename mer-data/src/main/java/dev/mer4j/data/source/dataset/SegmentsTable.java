package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.table.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table with a row for each segment: {@code id} or {@code video}, and where known {@code start},
 * {@code end}, {@code split}, {@code sentiment} and a column for each emotion.
 *
 * @param emotions the labels of the data set
 * @param names the names of the segments in the table, by which files are found
 */
record SegmentsTable(
    List<SegmentEntry> entries,
    List<String> names,
    List<Emotion> emotions,
    List<SourceNote> notes) {
  static SegmentsTable read(Path file, TableColumns columns) {
    try (TextTable table = TextTable.open(file)) {
      return new Reading(table, columns).read();
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
    private final int group;
    private final LabelColumns labels;
    private final SegmentName.Numbering numbering = new SegmentName.Numbering();

    Reading(TextTable table, TableColumns columns) {
      this.table = table;
      id = table.column("id", "segment", "segment_id");
      video = table.column("video", "video_id");
      start = table.column("start");
      end = table.column("end");
      split = table.column("split", "fold", "mode");
      sentiment = table.column("sentiment");
      group =
          columns.group() == null
              ? table.column("group")
              : LabelColumns.column(table, columns.group());
      if (id < 0 && video < 0) {
        throw new FileException(
            table.file(), "has neither a column id nor a column video: " + table.columns());
      }
      labels = LabelColumns.of(table, columns);
    }

    SegmentsTable read() {
      List<SegmentEntry> entries = new ArrayList<>();
      List<String> names = new ArrayList<>();
      List<String> notFinite = new ArrayList<>();
      for (List<String> row = table.next(); row != null; row = table.next()) {
        SegmentId segment = numbering.id(name(row));
        float feeling = sentiment < 0 ? Float.NaN : (float) table.number(row, sentiment);
        if (sentiment >= 0 && !row.get(sentiment).isEmpty() && !Float.isFinite(feeling)) {
          notFinite.add(segment.toString());
        }
        entries.add(
            new SegmentEntry(
                segment,
                group(row, segment),
                new SegmentEntry.Place(0, entries.size()),
                split(row),
                interval(row),
                labels.read(table, row, Float.isFinite(feeling) ? feeling : Float.NaN)));
        names.add(row.get(id < 0 ? video : id));
      }
      if (entries.isEmpty()) {
        throw new FileException(table.file(), "has no rows");
      }
      List<String> unread = labels.others(table, id, video, start, end, split, sentiment, group);
      List<SourceNote> notes = new ArrayList<>();
      if (!unread.isEmpty()) {
        notes.add(SourceNotes.of(unread, table.file().getFileName() + ": columns not read: %s"));
      }
      if (!notFinite.isEmpty()) {
        notes.add(
            SourceNotes.of(notFinite, "labels: segments with a NaN or infinite sentiment: %s"));
      }
      return new SegmentsTable(entries, names, labels.labels(), notes);
    }

    private SegmentName name(List<String> row) {
      String text = row.get(id < 0 ? video : id);
      SegmentName name = SegmentName.parse(List.of(text));
      if (!name.isUsable()) {
        String expected = "the name of a segment, " + SegmentName.EXPECTED;
        throw fault(id < 0 ? video : id, SegmentName.shown(text), expected);
      }
      if (video >= 0 && !SegmentName.isUsable(row.get(video))) {
        throw fault(video, SegmentName.shown(row.get(video)), SegmentName.EXPECTED);
      }
      if (id >= 0 && video >= 0 && !name.video().equals(row.get(video))) {
        return new SegmentName(row.get(video), null, Double.NaN, Double.NaN);
      }
      return name;
    }

    private String group(List<String> row, SegmentId segment) {
      if (group < 0 || row.get(group).isEmpty()) {
        return segment.video();
      }
      String name = row.get(group);
      if (!SegmentName.isUsable(name)) {
        throw fault(group, SegmentName.shown(name), SegmentName.EXPECTED);
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
