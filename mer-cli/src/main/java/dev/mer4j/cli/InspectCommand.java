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

/** {@code mer inspect}. */
@Command(
    name = "inspect",
    description = {
      "Say what a folder of .csd files holds, and what is wrong with it.",
      "Of a store, say where it comes from, and whether it is whole."
    })
final class InspectCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATA",
      arity = "0..1",
      description =
          "The folder of the .csd files, or a store; not needed if options name the files.")
  private @Nullable Path data;

  @Mixin private FileOptions files;

  @Option(
      names = "--folds",
      paramLabel = "F",
      description =
          "The SDK's Python file of folds, or a folder with train.txt, valid.txt and test.txt;"
              + " DATA/folds if there is one.")
  private @Nullable Path folds;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with the distributions drawn.")
  private @Nullable Path html;

  @Option(names = "--strict", description = "Fail if there is an entry that cannot be used.")
  private boolean strict;

  @Option(names = "--verify", description = "Read the whole store and check it.")
  private boolean verify;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    if (data != null && Files.isRegularFile(data) && !isCsd(data)) {
      if (html != null || folds != null || strict) {
        throw new ParameterException(
            spec.commandLine(),
            "--html, --folds and --strict are for the data's files; " + data + " is a store");
      }
      inspectStore(console, data);
      return;
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
              "has %d entries that cannot be used, the first in %s: %s",
              inspection.faults().size(),
              first.file(),
              first.problem()));
    }
  }

  private static boolean isCsd(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".csd");
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
              ? "whole: every checksum of %,d segments is right"
              : "%,d segments; their features are checked with --verify",
          store.allSegments().size());
      if (store.split(Split.TRAIN).size() == 0) {
        console.line("no segment is in the training split; training needs --folds");
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
    console.line(
        "%,d videos, %,d segments; %,d overlap the one before, %,d start before 0 s, %,d videos are"
            + " not in the order of time",
        labels.videos(),
        labels.segments(),
        labels.overlapping(),
        labels.negativeStarts(),
        labels.unsortedVideos());
    console.line(
        "seconds per segment: median %.1f, 90 %% %.1f, 99 %% %.1f, most %.1f",
        labels.seconds().median(),
        labels.seconds().p90(),
        labels.seconds().p99(),
        labels.seconds().max());
    console.line("");
    inspection.findings().forEach(verdict -> console.line("- %s", verdict));
  }
}
