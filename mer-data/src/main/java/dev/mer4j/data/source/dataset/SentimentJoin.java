package dev.mer4j.data.source.dataset;

import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.dataset.LabelTable.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the emotions of CMU-MOSEI's label file to segments of which only the sentiment is known.
 *
 * <p>Data sets number the segments of a video by time, the label file's rows are in another order
 * in two of five videos, and data sets lack some segments. So numbers are not compared: the
 * segments of a video, by their numbers, have to be a subsequence of its rows by time, each with
 * the same sentiment; or of its rows in the order of the file, if that is how the data set's videos
 * are numbered. A segment gets the emotions of a row if all rows that it can be have the same
 * emotions. Where the times of a segment are known, it gets those of the only row with these times.
 * All other segments stay without label.
 */
final class SentimentJoin {
  /** Times are written with three digits at most places, with two at some. */
  private static final double SECONDS = 0.02;

  /** The minimum number of videos that determine the order of the data set's numbers. */
  private static final int DECISIVE_VIDEOS = 10;

  private final LabelTable labels;
  private final List<String> withoutVideo = new ArrayList<>();
  private final List<String> ambiguous = new ArrayList<>();
  private final List<String> contradictory = new ArrayList<>();
  private final List<String> withoutSentiment = new ArrayList<>();
  private int joined;

  SentimentJoin(LabelTable labels) {
    this.labels = labels;
  }

  /** Returns the segments in the same order, with the labels that are certain. */
  List<SegmentEntry> join(List<SegmentEntry> entries) {
    Map<String, List<SegmentEntry>> videos = new LinkedHashMap<>();
    entries.forEach(
        entry ->
            videos.computeIfAbsent(entry.id().video(), unseen -> new ArrayList<>()).add(entry));
    videos.values().forEach(video -> video.sort(Comparator.comparing(SegmentEntry::id)));
    boolean byTimeOnly = isNumberedByTime(videos);
    Map<SegmentEntry, SegmentEntry> labeled = new LinkedHashMap<>();
    videos.forEach((video, own) -> join(video, own, byTimeOnly, labeled));
    return entries.stream().map(entry -> labeled.getOrDefault(entry, entry)).toList();
  }

  /**
   * Returns whether at most 1 % of the videos with a single possible order have that of the file.
   */
  private boolean isNumberedByTime(Map<String, List<SegmentEntry>> videos) {
    int time = 0;
    int file = 0;
    for (Map.Entry<String, List<SegmentEntry>> video : videos.entrySet()) {
      float[] sentiments = sentiments(known(video.getValue()));
      List<Row> rows = labels.of(video.getKey());
      boolean fitsTime = Embedding.of(sentiments, byTime(rows)) != null;
      boolean fitsFile = Embedding.of(sentiments, rows) != null;
      time += fitsTime && !fitsFile ? 1 : 0;
      file += fitsFile && !fitsTime ? 1 : 0;
    }
    return time >= DECISIVE_VIDEOS && file * 100 <= time;
  }

  /** Returns the segments whose sentiment is known. */
  private static List<SegmentEntry> known(List<SegmentEntry> entries) {
    return entries.stream().filter(entry -> !Float.isNaN(entry.label().sentiment())).toList();
  }

  private static float[] sentiments(List<SegmentEntry> entries) {
    float[] sentiments = new float[entries.size()];
    for (int i = 0; i < sentiments.length; i++) {
      sentiments[i] = Math.max(-3, Math.min(3, entries.get(i).label().sentiment()));
    }
    return sentiments;
  }

  private static List<Row> byTime(List<Row> rows) {
    return rows.stream().sorted(Comparator.comparingDouble(Row::start)).toList();
  }

  private void join(
      String video,
      List<SegmentEntry> entries,
      boolean byTimeOnly,
      Map<SegmentEntry, SegmentEntry> labeled) {
    List<Row> rows = labels.of(video);
    float[] sentiments = sentiments(known(entries));
    List<Embedding> ways = new ArrayList<>();
    Embedding time = Embedding.of(sentiments, byTime(rows));
    Embedding file = Embedding.of(sentiments, rows);
    if (time != null) {
      ways.add(time);
    }
    if (file != null && (time == null || !byTimeOnly)) {
      ways.add(file);
    }
    int at = 0;
    for (SegmentEntry entry : entries) {
      boolean known = !Float.isNaN(entry.label().sentiment());
      List<Row> candidates =
          known ? candidates(entry, at, ways, rows, sentiments[at]) : sameTimes(entry, rows);
      at += known ? 1 : 0;
      Row certain = certain(candidates);
      if (certain != null && Labels.isLabeled(certain.label())) {
        labeled.put(entry, entry.withLabel(certain.label()));
        joined++;
      } else {
        unjoined(entry, rows, candidates).add(entry.id().toString());
      }
    }
  }

  /** Returns the list that a segment without a certain row belongs to. */
  private List<String> unjoined(SegmentEntry entry, List<Row> rows, List<Row> candidates) {
    if (rows.isEmpty()) {
      return withoutVideo;
    }
    if (!candidates.isEmpty()) {
      return ambiguous;
    }
    return Float.isNaN(entry.label().sentiment()) ? withoutSentiment : contradictory;
  }

  private static List<Row> candidates(
      SegmentEntry entry, int at, List<Embedding> ways, List<Row> rows, float sentiment) {
    if (!Double.isNaN(entry.interval().start())) {
      return sameTimes(entry, rows).stream().filter(row -> Embedding.same(sentiment, row)).toList();
    }
    List<Row> candidates = new ArrayList<>();
    ways.forEach(way -> candidates.addAll(way.candidates(at)));
    return candidates;
  }

  /** Returns the rows with the times of a segment; none if they are not known. */
  private static List<Row> sameTimes(SegmentEntry entry, List<Row> rows) {
    SegmentEntry.Interval interval = entry.interval();
    return rows.stream()
        .filter(row -> Math.abs(row.start() - interval.start()) < SECONDS)
        .filter(row -> Math.abs(row.end() - interval.end()) < SECONDS)
        .toList();
  }

  private static @Nullable Row certain(List<Row> candidates) {
    boolean same =
        !candidates.isEmpty() && candidates.stream().allMatch(candidates.get(0)::sameEmotions);
    return same ? candidates.get(0) : null;
  }

  /** Returns the number of joined segments. */
  int joined() {
    return joined;
  }

  /** Returns notes about the joined segments and the others. */
  List<SourceNote> notes(int segments) {
    List<SourceNote> notes = new ArrayList<>();
    notes.add(
        new SourceNote(
            List.of(),
            String.format(
                Locale.ROOT,
                "labels joined by sentiment: %,d of %,d segments (%.2f %%)",
                joined,
                segments,
                100.0 * joined / Math.max(1, segments))));
    add(notes, ambiguous, "labels: segments that could be several rows, left unlabeled: %s");
    add(
        notes,
        contradictory,
        "labels: segments whose video has other sentiments, left unlabeled: %s");
    add(notes, withoutSentiment, "labels: segments without a sentiment, left unlabeled: %s");
    add(notes, withoutVideo, "labels: segments whose video has no labels, left unlabeled: %s");
    return notes;
  }

  private static void add(List<SourceNote> notes, List<String> names, String text) {
    if (!names.isEmpty()) {
      notes.add(SourceNotes.of(names, text));
    }
  }
}
