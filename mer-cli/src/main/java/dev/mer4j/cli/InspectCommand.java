package dev.mer4j.cli;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Split;
import dev.mer4j.data.inspect.FeatureReport;
import dev.mer4j.data.inspect.FileReport;
import dev.mer4j.data.inspect.FoldReport;
import dev.mer4j.data.inspect.Inspection;
import dev.mer4j.data.inspect.LabelReport;
import dev.mer4j.data.inspect.Percentiles;
import dev.mer4j.data.store.PrepareOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mer inspect}. */
@Command(
    name = "inspect",
    description = "Say what a folder of .csd files holds, and what is wrong with it.")
final class InspectCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DATA", description = "The folder of the .csd files.")
  private Path data;

  @Option(
      names = "--folds",
      paramLabel = "F",
      description =
          "The SDK's Python file of folds, or a folder with train.txt, valid.txt and test.txt;"
              + " DATA/folds if there is one.")
  private @Nullable Path folds;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public void run() {
    Console console = new Console(spec);
    DataFolder folder = DataFolder.of(data, folds);
    Inspection inspection;
    try (Progress progress = new Progress("inspecting")) {
      inspection =
          Inspection.of(
              folder.files(), folder.folds(), PrepareOptions.DEFAULT.steps(), progress::update);
    }
    if (json) {
      console.json(inspection);
    } else {
      print(console, inspection);
    }
  }

  private static void print(Console console, Inspection inspection) {
    console.table(
        List.of("file of", "videos", "rows", "width", "type", "MB", "root"),
        inspection.files().stream().map(InspectCommand::row).toList());
    console.line("");
    List<List<String>> features = new ArrayList<>();
    inspection.features().forEach((modality, report) -> features.add(row(modality.key(), report)));
    console.table(
        List.of(
            "modality",
            "lacking",
            "NaN",
            "infinite",
            "zero rows",
            "min",
            "max",
            "steps: median",
            "90 %",
            "99 %",
            "most"),
        features);
    console.line("");
    LabelReport labels = inspection.labels();
    console.line(
        "%,d videos, %,d segments; %,d overlap the one before, %,d start before 0 s, %,d videos are"
            + " not in the order of time",
        labels.videos(),
        labels.segments(),
        labels.overlapping(),
        labels.negativeStarts(),
        labels.unsortedVideos());
    Percentiles seconds = labels.seconds();
    console.line(
        "seconds per segment: median %.1f, 90 %% %.1f, 99 %% %.1f, most %.1f",
        seconds.median(), seconds.p90(), seconds.p99(), seconds.max());
    console.line("");
    List<String> header = new ArrayList<>(List.of("split", "videos", "segments"));
    for (Emotion emotion : Emotion.values()) {
      header.add(emotion.key());
    }
    console.table(header, splits(inspection.folds()));
    console.line("");
    inspection.verdicts().forEach(verdict -> console.line("- %s", verdict));
  }

  private static List<String> row(FileReport file) {
    return List.of(
        file.role(),
        count(file.videos()),
        count(file.rows()),
        count(file.width()),
        file.type(),
        String.format(Locale.ROOT, "%,.1f", file.bytes() / 1e6),
        file.root());
  }

  private static List<String> row(String modality, FeatureReport report) {
    return List.of(
        modality,
        count(report.segmentsWithout()),
        count(report.nan()),
        count(report.positiveInfinite() + report.negativeInfinite()),
        count(report.zeroRows()),
        String.format(Locale.ROOT, "%.4g", report.min()),
        String.format(Locale.ROOT, "%.4g", report.max()),
        count((long) report.steps().median()),
        count((long) report.steps().p90()),
        count((long) report.steps().p99()),
        count((long) report.steps().max()));
  }

  private static List<List<String>> splits(FoldReport folds) {
    List<List<String>> rows = new ArrayList<>();
    for (Split split : Split.values()) {
      FoldReport.Counts counts = folds.counts().get(split);
      if (counts != null) {
        List<String> row =
            new ArrayList<>(List.of(split.key(), count(counts.videos()), count(counts.segments())));
        for (Emotion emotion : Emotion.values()) {
          row.add(count(counts.positives().getOrDefault(emotion, 0)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
