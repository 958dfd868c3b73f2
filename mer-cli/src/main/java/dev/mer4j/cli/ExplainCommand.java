package dev.mer4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.cli.RunOnStore.Opened;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.csd.Word;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.segment.FaultLog;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.store.PrepareOptions;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.attribution.Attribution;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.attribution.StepSpans;
import dev.mer4j.eval.attribution.StepTimes;
import dev.mer4j.eval.attribution.Timeline;
import dev.mer4j.file.OutputFile;
import dev.mer4j.report.PredictionsJson;
import dev.mer4j.report.SegmentPicture;
import dev.mer4j.report.TimelinePicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer explain} command. */
@Command(
    name = "explain",
    description =
        "Show the exact Shapley value of each modality of one segment for each logit, the attention"
            + " weights, the terms of additive fusion, and what each twentieth of the segment adds.")
final class ExplainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private RunOnStore given;

  @Parameters(
      index = "2",
      paramLabel = "VID[i]",
      description = "Segment: video id and row of" + " its labels, counted from 0.")
  private String id;

  @Option(names = "--json", description = "Print the result as one JSON document.")
  private boolean json;

  @Option(
      names = "--picture",
      paramLabel = "FILE.png",
      description =
          "Also draw the Shapley values as bars, and below them the terms of additive fusion, or with"
              + " --timeline the timeline, to this file.")
  private @Nullable Path picture;

  @Option(
      names = "--timeline",
      description =
          "Also show what each twentieth of the segment adds to the logits, per modality, by"
              + " occlusion.")
  private boolean timeline;

  @Option(
      names = "--words",
      paramLabel = "FILE.csd",
      description =
          "With --timeline, show the words of this file, such as CMU_MOSEI_TimestampedWords.csd."
              + " Defaults to the only file of words in the folder of the data.")
  private @Nullable Path words;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    SegmentId segment = console.fromOptions(() -> SegmentId.parse(id));
    if (words != null && !timeline) {
      throw new ParameterException(spec.commandLine(), "--words requires --timeline");
    }
    if (given.isRaw()) {
      RawData data = given.raw(console);
      OutputFile drawing = drawing(data);
      Segment found = data.preparation().build().segment(segment);
      try (MultimodalModel model = given.folder().load()) {
        explain(console, model, found, () -> times(data, found), data, drawing);
      }
    } else {
      OutputFile drawing = drawing(null);
      try (Opened open = given.open(console)) {
        SegmentStore store = open.store();
        Segment found = find(store, segment);
        explain(
            console,
            open.model(),
            found,
            () -> StepSpans.of(store.allSegments(), found.info(), store.info().options()),
            null,
            drawing);
      }
    }
  }

  private static PerModality<StepTimes> times(RawData data, Segment segment) {
    PrepareOptions options = data.options();
    try (SourceReader reader = data.folder().files().open(options.unit(), new FaultLog(false))) {
      return StepSpans.of(reader.read(segment.id()), segment.info(), options);
    }
  }

  private void explain(
      Console console,
      MultimodalModel model,
      Segment segment,
      Supplier<PerModality<StepTimes>> times,
      @Nullable RawData data,
      @Nullable OutputFile drawing) {
    Attributions attributions =
        Attributions.of(model, model.encode(SegmentList.of(List.of(segment))));
    Timeline parts = timeline ? Timeline.of(model, segment, times.get()) : null;
    List<Word> spoken =
        timeline ? SegmentWords.of(console, words, data, segment.info()) : List.of();
    if (json) {
      ObjectNode document = json(attributions);
      if (parts != null) {
        TimelineOutput.put(document, parts, spoken);
      }
      console.json(document);
    } else {
      print(console, attributions);
      if (parts != null) {
        TimelineOutput.print(console, parts, spoken);
      }
    }
    if (drawing != null) {
      List<String> classes = attributions.predictions().scheme().classes();
      drawing.write(
          parts == null
              ? SegmentPicture.png(attributions.rows().get(0), classes)
              : TimelinePicture.png(parts, spoken));
    }
  }

  /** Returns the picture, after checking that it may be written; null if none is requested. */
  private @Nullable OutputFile drawing(@Nullable RawData data) {
    if (picture == null) {
      return null;
    }
    OutputFile output =
        given.output(picture, SegmentPicture.MARK, data).overwriting(overwriting.isAllowed());
    output.require();
    return output;
  }

  private static Segment find(SegmentStore store, SegmentId id) {
    OptionalInt at = store.find(id);
    if (at.isEmpty()) {
      throw new FileException(store.path(), "has no segment " + id);
    }
    return store.allSegments().segment(at.getAsInt());
  }

  private static ObjectNode json(Attributions attributions) {
    Attribution row = attributions.rows().get(0);
    ObjectNode json = PredictionsJson.line(attributions.predictions(), 0);
    ObjectNode logits = json.putObject("logits");
    ObjectNode base = json.putObject("logits_of_nothing");
    List<String> classes = attributions.predictions().scheme().classes();
    for (int c = 0; c < classes.size(); c++) {
      logits.put(classes.get(c), row.logits().get(c));
      base.put(classes.get(c), row.base().get(c));
    }
    ObjectNode shapley = json.putObject("shapley");
    for (Modality modality : row.shapley().modalities()) {
      ObjectNode own = shapley.putObject(modality.key());
      for (int c = 0; c < classes.size(); c++) {
        own.put(classes.get(c), row.of(modality, c));
      }
    }
    json.put("attention_disagrees", row.rankingsDisagree());
    return json;
  }

  private static void print(Console console, Attributions attributions) {
    Attribution row = attributions.rows().get(0);
    console.line("%s", row.prediction().segment().id());
    List<Modality> modalities = row.shapley().modalities();
    List<String> header = new ArrayList<>(List.of("emotion", "probability", "predicted", "label"));
    modalities.forEach(modality -> header.add(modality.key()));
    header.addAll(List.of("no input", "logit"));
    List<List<String>> rows = new ArrayList<>();
    List<String> classes = attributions.predictions().scheme().classes();
    for (int c = 0; c < classes.size(); c++) {
      int label = c;
      List<String> cells = new ArrayList<>();
      cells.add(classes.get(c));
      cells.add(decimal("%.3f", row.prediction().probabilities().get(c)));
      cells.add(attributions.predictions().predicted(0, c) ? "yes" : "no");
      cells.add(label(attributions, c));
      modalities.forEach(modality -> cells.add(decimal("%+.3f", row.of(modality, label))));
      cells.add(decimal("%+.3f", row.base().get(c)));
      cells.add(decimal("%+.3f", row.logits().get(c)));
      rows.add(cells);
    }
    console.table(header, rows);
    console.line("");
    console.line(
        "Columns of modalities are Shapley values; they and the logit without input sum to the"
            + " logit.");
    PerModality<Double> attention = row.prediction().attention();
    modalities.stream()
        .filter(attention::has)
        .forEach(m -> console.line("attention weight of %s: %.3f", m.key(), attention.get(m)));
    if (row.rankingsDisagree()) {
      console.line(
          "The highest attention weight is that of %s, but %s changes the logits most.",
          row.topByAttention().orElseThrow().key(), row.topByShapley().orElseThrow().key());
    }
    row.prediction()
        .contributions()
        .ifPresent(contributions -> TermLines.print(console, contributions, classes));
  }

  private static String label(Attributions attributions, int label) {
    LabelSet labels = attributions.predictions().scheme();
    EmotionScores scores = attributions.predictions().rows().get(0).segment().scores();
    if (!scores.labels().equals(labels.labels())) {
      return "-";
    }
    return labels.present(scores, label) ? "yes" : "no";
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
