package dev.mer4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.store.FeaturePreparation;
import dev.mer4j.data.store.PrepareOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer show} command. */
@Command(name = "show", description = "Show one segment, before and after sanitizing.")
final class ShowCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..2",
      paramLabel = "[DATA] VID[i]",
      hideParamSyntax = true,
      description = {
        "Data as for prepare. Optional if options name the files.",
        "Segment: video id and row of its labels, counted from 0, or its number."
      })
  private List<String> arguments;

  @Mixin private FileOptions files;

  @Option(names = "--json", description = "Print the result as one JSON document.")
  private boolean json;

  @Override
  public void run() {
    Console console = new Console(spec);
    Path data = arguments.size() == 2 ? Path.of(arguments.get(0)) : null;
    String last = arguments.get(arguments.size() - 1);
    SegmentId id = console.fromOptions(() -> SegmentId.parse(last));
    try (SourceReader reader =
        files.find(data, true).open(SampleUnit.SEGMENT, FaultPolicy.STRICT)) {
      RawSegment segment = reader.read(id);
      if (json) {
        console.json(json(segment));
      } else {
        print(console, segment, reader.widths().modalities());
      }
    }
  }

  /** The rows of one modality after the default preparation. */
  private record After(int rows, float min, float max) {
    static After of(Modality modality, SegmentRows rows) {
      Features kept =
          new FeaturePreparation(PrepareOptions.DEFAULT).prepare(modality, rows).features();
      float min = Float.POSITIVE_INFINITY;
      float max = Float.NEGATIVE_INFINITY;
      for (float value : kept.values()) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      return new After(kept.steps(), min, max);
    }
  }

  private static ObjectNode json(RawSegment segment) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", segment.id().toString());
    putTime(json, "start", segment.start());
    putTime(json, "end", segment.end());
    ObjectNode labels = json.putObject("labels");
    EmotionScores scores = segment.scores();
    putNumber(labels, "sentiment", scores.sentiment());
    for (Emotion emotion : scores.labels()) {
      putNumber(labels, emotion.key(), scores.of(emotion));
    }
    ObjectNode modalities = json.putObject("modalities");
    segment
        .rows()
        .forEach(
            (modality, rows) ->
                put(modalities.putObject(modality.key()), rows, After.of(modality, rows)));
    return json;
  }

  /** A time that is not known is null. */
  private static void putTime(ObjectNode json, String key, double seconds) {
    if (Double.isNaN(seconds)) {
      json.putNull(key);
    } else {
      json.put(key, seconds);
    }
  }

  /** A score that is not known is null. */
  private static void putNumber(ObjectNode json, String key, float score) {
    if (Float.isNaN(score)) {
      json.putNull(key);
    } else {
      json.put(key, score);
    }
  }

  private static void put(ObjectNode json, SegmentRows rows, After after) {
    SegmentRows.Stats stats = rows.stats();
    json.put("rows", rows.count());
    json.put("width", rows.width());
    putTime(json, "first", rows.first());
    putTime(json, "last", rows.last());
    json.put("nan", stats.nan());
    json.put("inf", stats.infinite());
    json.put("finite_sum", stats.finiteSum());
    json.putObject("after")
        .put("rows", after.rows())
        .put("min", after.min())
        .put("max", after.max());
  }

  private static void print(Console console, RawSegment segment, List<Modality> modalities) {
    if (Double.isNaN(segment.start())) {
      console.line("%s", segment.id());
    } else {
      console.line("%s: %.3f s to %.3f s", segment.id(), segment.start(), segment.end());
    }
    console.line("%s", labels(segment.scores()));
    console.line("");
    List<List<String>> table = new ArrayList<>();
    for (Modality modality : modalities) {
      table.add(
          segment
              .rows()
              .find(modality)
              .map(rows -> row(modality, rows))
              .orElseGet(() -> absent(modality)));
    }
    console.table(
        List.of(
            "modality", "rows", "width", "first", "last", "NaN", "inf", "kept rows", "min", "max"),
        table);
  }

  private static String labels(EmotionScores scores) {
    List<String> texts = new ArrayList<>();
    if (!Float.isNaN(scores.sentiment())) {
      texts.add(String.format(Locale.ROOT, "sentiment %.2f", scores.sentiment()));
    }
    for (Emotion emotion : scores.labels()) {
      texts.add(String.format(Locale.ROOT, "%s %.2f", emotion.key(), scores.of(emotion)));
    }
    return texts.isEmpty() ? "no labels" : String.join(", ", texts);
  }

  private static List<String> absent(Modality modality) {
    return List.of(modality.key(), "absent", "", "", "", "", "", "", "", "");
  }

  private static String time(double seconds) {
    return Double.isNaN(seconds) ? "-" : String.format(Locale.ROOT, "%.3f", seconds);
  }

  private static List<String> row(Modality modality, SegmentRows rows) {
    SegmentRows.Stats stats = rows.stats();
    After after = After.of(modality, rows);
    return List.of(
        modality.key(),
        String.valueOf(rows.count()),
        String.valueOf(rows.width()),
        time(rows.first()),
        time(rows.last()),
        String.valueOf(stats.nan()),
        String.valueOf(stats.infinite()),
        String.valueOf(after.rows()),
        String.format(Locale.ROOT, "%.4g", after.min()),
        String.format(Locale.ROOT, "%.4g", after.max()));
  }
}
