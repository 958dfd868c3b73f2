package dev.mer4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.data.csd.Word;
import dev.mer4j.eval.attribution.Timeline;
import dev.mer4j.eval.attribution.Timeline.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the timeline of a segment as a table or JSON. */
final class TimelineOutput {
  /** The number of parts shown of each class. */
  private static final int SHOWN = 3;

  private TimelineOutput() {}

  static void print(Console console, Timeline timeline, List<Word> words) {
    List<List<String>> rows = new ArrayList<>();
    List<String> classes = timeline.predictions().scheme().classes();
    for (int c = 0; c < classes.size(); c++) {
      for (Part part : timeline.largest(c, SHOWN)) {
        double from = timeline.seconds(timeline.start(part));
        double to = timeline.seconds(timeline.end(part));
        List<String> cells = new ArrayList<>();
        cells.add(classes.get(c));
        cells.add(part.modality().key());
        cells.add(String.valueOf(part.index() + 1));
        cells.add(time(from));
        cells.add(time(to));
        cells.add(String.valueOf(part.steps()));
        cells.add(String.format(Locale.ROOT, "%+.3f", part.added().get(c)));
        if (!words.isEmpty()) {
          cells.add(between(words, from, to));
        }
        rows.add(cells);
      }
    }
    console.line("");
    console.line(
        "The twentieths of the segment that change a logit most: the logit minus the logit with the"
            + " training mean in their steps.");
    List<String> header =
        new ArrayList<>(
            List.of("emotion", "modality", "twentieth", "from (s)", "to (s)", "steps", "added"));
    if (!words.isEmpty()) {
      header.add("words");
    }
    console.table(header, rows);
  }

  /** Returns the words that overlap an interval. */
  private static String between(List<Word> words, double from, double to) {
    return words.stream()
        .filter(word -> word.start() < to && word.end() > from)
        .map(Word::text)
        .collect(Collectors.joining(" "));
  }

  private static String time(double seconds) {
    return Double.isNaN(seconds) ? "-" : String.format(Locale.ROOT, "%.2f", seconds);
  }

  /**
   * Adds the timeline; a part without steps is null, and so are unknown times.
   *
   * @param words added if there are any
   */
  static void put(ObjectNode json, Timeline timeline, List<Word> words) {
    ObjectNode document = json.putObject("timeline");
    document.put("parts", Timeline.PARTS);
    putTime(document, "start", timeline.seconds(0));
    putTime(document, "end", timeline.seconds(1));
    ObjectNode steps = document.putObject("steps");
    ObjectNode added = document.putObject("added");
    List<String> classes = timeline.predictions().scheme().classes();
    timeline
        .parts()
        .forEach(
            (modality, parts) -> {
              ArrayNode counts = steps.putArray(modality.key());
              parts.forEach(part -> counts.add(part.steps()));
              ObjectNode values = added.putObject(modality.key());
              for (int c = 0; c < classes.size(); c++) {
                ArrayNode own = values.putArray(classes.get(c));
                int label = c;
                parts.forEach(part -> add(own, part, label));
              }
            });
    if (!words.isEmpty()) {
      ArrayNode spoken = document.putArray("words");
      for (Word word : words) {
        spoken
            .addObject()
            .put("word", word.text())
            .put("start", word.start())
            .put("end", word.end());
      }
    }
  }

  private static void add(ArrayNode values, Part part, int label) {
    if (part.steps() == 0) {
      values.addNull();
    } else {
      values.add(part.added().get(label));
    }
  }

  private static void putTime(ObjectNode json, String key, double seconds) {
    if (Double.isNaN(seconds)) {
      json.putNull(key);
    } else {
      json.put(key, seconds);
    }
  }
}
