package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.data.Split;
import dev.mer4j.data.inspect.Inspection;
import dev.mer4j.data.inspect.LabelReport;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.store.PrepareOptions;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.store.StoreInfo;
import dev.mer4j.file.OutputFile;
import dev.mer4j.report.internal.page.InspectionPage;
import dev.mer4j.report.internal.table.InspectionTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer inspect} command. */
@Command(
    name = "inspect",
    description = {
      "Report the contents and the quality of files of features, in any form.",
      "For a store, report its sources, and with --verify its integrity."
    })
final class InspectCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATA",
      arity = "0..1",
      description = "Data as for prepare, or a store. Optional if options name the files.")
  private @Nullable Path data;

  @Mixin private FileOptions files;

  @Option(
      names = "--folds",
      paramLabel = "F",
      description =
          "The SDK's Python file of folds, or a folder with train.txt, valid.txt and test.txt."
              + " Defaults to DATA/folds if it exists.")
  private @Nullable Path folds;

  @Option(names = "--json", description = "Print the result as one JSON document.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write an HTML page with charts of the distributions.")
  private @Nullable Path html;

  @Option(names = "--strict", description = "Fail if any entry is unusable.")
  private boolean strict;

  @Option(names = "--verify", description = "Verify all checksums of the store.")
  private boolean verify;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    if (data != null && SegmentStore.isStore(data)) {
      if (html != null || folds != null || strict || !files.given().isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "--html, --folds, --strict and options of files apply to other data, but "
                + data
                + " is a store");
      }
      inspectStore(console, data);
      return;
    }
    if (verify && (data == null || Files.exists(data))) {
      throw new ParameterException(
          spec.commandLine(), "--verify applies to stores; other data has no checksums");
    }
    DataFolder folder = DataFolder.of(data, files, folds);
    OutputFile page = html == null ? null : page(folder, html);
    if (page != null) {
      page.require();
    }
    int steps = PrepareOptions.DEFAULT.steps();
    Inspection inspection;
    try (Progress progress = new Progress("inspecting", "videos")) {
      inspection = Inspection.of(folder.files(), folder.folds(), steps, progress::update);
    }
    if (json) {
      console.json(inspection);
    } else if (page == null || !page.isStandardOutput()) {
      print(console, inspection);
    }
    if (page != null) {
      page.write(InspectionPage.of(inspection, steps));
    }
    inspection.coverage().check();
    if (strict && !inspection.faults().isEmpty()) {
      EntryFault first = inspection.faults().get(0);
      throw new FileException(
          data == null ? folder.files().labels() : data,
          String.format(
              Locale.ROOT,
              "has %d unusable entries, the first in %s: %s",
              inspection.faults().size(),
              first.file(),
              first.problem()));
    }
  }

  private OutputFile page(DataFolder folder, Path file) {
    return OutputFile.of(file, InspectionPage.MARK)
        .protecting(folder.inputs())
        .overwriting(overwriting.isAllowed());
  }

  private void inspectStore(Console console, Path file) {
    try (SegmentStore store = SegmentStore.open(file)) {
      if (verify) {
        store.verify();
      }
      StoreInfo info = store.info();
      if (json) {
        console.json(info);
        return;
      }
      PrepareCommand.summarize(console, info);
      console.line("");
      info.sources()
          .forEach(
              source ->
                  console.line(
                      "from %s: %,d bytes, of %s%s",
                      source.file(),
                      source.bytes(),
                      source.modified(),
                      source.sha256() == null ? "" : ", SHA-256 " + source.sha256()));
      console.line(
          verify
              ? "all checksums of %,d segments are correct"
              : "%,d segments; use --verify to check the features",
          store.allSegments().size());
      if (store.split(Split.TRAIN).size() == 0) {
        console.line("no segment is in the training split; to train, prepare with --folds");
      }
    }
  }

  private static void print(Console console, Inspection inspection) {
    for (InspectionTable table : InspectionTable.of(inspection)) {
      console.line("%s", table.title());
      console.table(table.table().header(), table.table().rows());
      console.line("");
    }
    LabelReport labels = inspection.labels();
    if (labels.seconds().max() > 0) {
      timing(console, labels);
    } else {
      console.line("%,d videos, %,d segments without times", labels.videos(), labels.segments());
    }
    console.line("");
    inspection.findings().forEach(verdict -> console.line("- %s", verdict));
  }

  private static void timing(Console console, LabelReport labels) {
    console.line(
        "%,d videos, %,d segments; %,d segments overlap their predecessor, %,d start before 0 s;"
            + " %,d videos are not in chronological order",
        labels.videos(),
        labels.segments(),
        labels.overlapping(),
        labels.negativeStarts(),
        labels.unsortedVideos());
    console.line(
        "seconds per segment: median %.1f, 90 %% %.1f, 99 %% %.1f, maximum %.1f",
        labels.seconds().median(),
        labels.seconds().p90(),
        labels.seconds().p99(),
        labels.seconds().max());
  }
}
