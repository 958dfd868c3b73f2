package dev.mer4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.eval.attribution.Timeline;
import dev.mer4j.eval.attribution.Timeline.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the timeline of a segment as a table or JSON. */
final class TimelineOutput {
  /** The number of parts shown of each class. */
  private static final int SHOWN = 3;

  private TimelineOutput() {}

  static void print(Console console, Timeline timeline) {
    List<List<String>> rows = new ArrayList<>();
    List<String> classes = timeline.predictions().scheme().classes();
    for (int c = 0; c < classes.size(); c++) {
      for (Part part : timeline.largest(c, SHOWN)) {
        rows.add(
            List.of(
                classes.get(c),
                part.modality().key(),
                String.valueOf(part.index() + 1),
                time(timeline.seconds(timeline.start(part))),
                time(timeline.seconds(timeline.end(part))),
                String.valueOf(part.steps()),
                String.format(Locale.ROOT, "%+.3f", part.added().get(c))));
      }
    }
    console.line("");
    console.line(
        "The twentieths of the segment that change a logit most: the logit minus the logit with the"
            + " training mean in their steps.");
    console.table(
        List.of("emotion", "modality", "twentieth", "from (s)", "to (s)", "steps", "added"), rows);
  }

  private static String time(double seconds) {
    return Double.isNaN(seconds) ? "-" : String.format(Locale.ROOT, "%.2f", seconds);
  }

  /** Adds the timeline; a part without steps is null, and so are unknown times. */
  static void put(ObjectNode json, Timeline timeline) {
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
