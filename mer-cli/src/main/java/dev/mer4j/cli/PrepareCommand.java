package dev.mer4j.cli;

import dev.mer4j.data.Modality;
import dev.mer4j.data.Split;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.store.Precision;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PrepareOptions;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.store.StoreInfo;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mer prepare}. */
@Command(
    name = "prepare",
    description = "Cut .csd files into segments, mend their values, and write them as one store.")
final class PrepareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATA",
      arity = "0..1",
      description = "The folder of the .csd files; not needed if options name them.")
  private @Nullable Path data;

  @Mixin private FileOptions files;

  @Option(names = "--out", paramLabel = "STORE", required = true, description = "The store's file.")
  private Path store;

  @Option(
      names = "--folds",
      paramLabel = "F",
      description =
          "The SDK's Python file of folds, or a folder with train.txt, valid.txt and test.txt;"
              + " DATA/folds if there is one.")
  private @Nullable Path folds;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "300",
      description = "Most steps kept of each modality (${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--truncate",
      paramLabel = "head|tail|pool",
      defaultValue = "head",
      description = "What to keep of longer sequences (${DEFAULT-VALUE}).")
  private Truncation truncation;

  @Option(
      names = "--unit",
      paramLabel = "segment|video",
      defaultValue = "segment",
      description = "What counts as one sample (${DEFAULT-VALUE}).")
  private SampleUnit unit;

  @Option(
      names = "--incomplete",
      paramLabel = "keep|drop-segment|drop-video",
      defaultValue = "keep",
      converter = Converters.OfIncomplete.class,
      description = "What becomes of segments that lack a modality (${DEFAULT-VALUE}).")
  private IncompletePolicy incomplete;

  @Option(
      names = "--precision",
      paramLabel = "float32|float16",
      defaultValue = "float32",
      description = "How exactly to keep features (${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(names = "--strict", description = "Fail at the first entry that cannot be used.")
  private boolean strict;

  @Option(
      names = "--sha256",
      description = "Write down the files' SHA-256 too, which reads them once more.")
  private boolean sha256;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    PrepareOptions options =
        console.fromOptions(
            () ->
                new PrepareOptions(
                    unit, steps, truncation, SanitizeOptions.DEFAULT, incomplete, precision));
    DataFolder folder = DataFolder.of(data, files, folds);
    Preparation.Builder settings =
        Preparation.builder(folder.files()).options(options).strict(strict).sha256(sha256);
    OutputFile output =
        OutputFile.of(store, SegmentStore.MARK)
            .protecting(folder.inputs())
            .overwriting(overwriting.isAllowed());
    prepare(console, folder, settings, output);
  }

  /** Prepares a store and says what was done. */
  static void prepare(
      Console console, DataFolder data, Preparation.Builder settings, OutputFile store) {
    store.require();
    StoreInfo info;
    try (Progress progress = new Progress("preparing", "videos")) {
      info = settings.folds(data.folds()).progress(progress::update).build().run(store);
    }
    console.line("store: %s", store.path());
    console.line(
        "folds: %s", data.foldsFile() == null ? "none; training needs --folds" : data.foldsFile());
    summarize(console, info);
  }

  static void summarize(Console console, StoreInfo info) {
    List<List<String>> splits = new ArrayList<>();
    for (Split split : Split.values()) {
      if (info.segments().containsKey(split)) {
        splits.add(row(split.key(), info.videos().get(split), info.segments().get(split)));
      }
    }
    console.line("");
    console.table(List.of("split", "videos", "segments"), splits);
    List<List<String>> modalities = new ArrayList<>();
    for (Modality modality : info.widths().modalities()) {
      SanitizeCounts mended = info.sanitized().find(modality).orElse(SanitizeCounts.NONE);
      modalities.add(
          row(
              modality.key(),
              info.widths().get(modality),
              info.present().get(modality),
              info.truncated().get(modality),
              mended.nan(),
              mended.positiveInfinite() + mended.negativeInfinite(),
              mended.clipped()));
    }
    console.line("");
    console.table(
        List.of("modality", "width", "segments", "shortened", "NaN", "infinite", "clipped"),
        modalities);
    console.line("");
    console.line("label values mended: %,d", info.sanitizedScores());
    info.coverage().omissions().forEach(omission -> console.line("- %s", omission.text()));
  }

  private static List<String> row(String name, @Nullable Number... numbers) {
    List<String> row = new ArrayList<>(List.of(name));
    for (Number number : numbers) {
      row.add(String.format(Locale.ROOT, "%,d", number));
    }
    return row;
  }
}
