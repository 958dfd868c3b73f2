package dev.mer4j.cli;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
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
import java.nio.file.Files;
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

/** The {@code mer prepare} command. */
@Command(
    name = "prepare",
    description = "Read segments of any form, sanitize their values, and write them to one store.")
final class PrepareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATA",
      arity = "0..1",
      description =
          "Folder of .csd files, file of MMSA, MulT or CARAT, or folder with segments.csv."
              + " Optional if options name the files.")
  private @Nullable Path data;

  @Mixin private FileOptions files;

  @Option(
      names = "--out",
      paramLabel = "STORE",
      required = true,
      description = "Output file of the store.")
  private Path store;

  @Option(
      names = "--folds",
      paramLabel = "F",
      description =
          "The SDK's Python file of folds, or a folder with train.txt, valid.txt and test.txt."
              + " Defaults to DATA/folds if it exists.")
  private @Nullable Path folds;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "300",
      description = "Maximum number of steps of each modality. Defaults to ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--truncate",
      paramLabel = "head|tail|pool",
      defaultValue = "head",
      description = "How to truncate longer sequences. Defaults to" + " ${DEFAULT-VALUE}.")
  private Truncation truncation;

  @Option(
      names = "--unit",
      paramLabel = "segment|video",
      defaultValue = "segment",
      description = "Unit of a sample. Defaults to ${DEFAULT-VALUE}.")
  private SampleUnit unit;

  @Option(
      names = "--incomplete",
      paramLabel = "keep|drop-segment|drop-video",
      defaultValue = "keep",
      converter = Converters.OfIncomplete.class,
      description = "How to treat segments that lack a modality. Defaults to ${DEFAULT-VALUE}.")
  private IncompletePolicy incomplete;

  @Option(
      names = "--limit",
      paramLabel = "X",
      description =
          "Largest absolute value; larger ones are clipped to it. Defaults to 10,000."
              + " 3.4028234e38 keeps every float32.")
  private @Nullable Double limit;

  @Option(
      names = "--clip-infinite",
      description = "Clip infinite values to the limit. By default they become 0.")
  private boolean clipInfinite;

  @Option(
      names = "--precision",
      paramLabel = "float32|float16",
      defaultValue = "float32",
      description = "Precision of stored features. Defaults to" + " ${DEFAULT-VALUE}.")
  private Precision precision;

  @Option(names = "--strict", description = "Fail at the first unusable entry.")
  private boolean strict;

  @Option(
      names = "--sha256",
      description = "Record the SHA-256 of the .csd files, which reads them a second time.")
  private boolean sha256;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Repeat a preparation: the file STORE.data.json that it wrote; other options win.")
  private @Nullable Path config;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    SanitizeOptions base = SanitizeOptions.DEFAULT;
    if (config != null) {
      DataConfig former = DataConfig.read(config);
      repeat(former);
      base = former.prepare().sanitize();
    }
    SanitizeOptions former = base;
    PrepareOptions options =
        console.fromOptions(
            () ->
                new PrepareOptions(
                    unit, steps, truncation, sanitize(former), incomplete, precision));
    DataFolder folder = DataFolder.of(data, files, folds);
    Preparation.Builder settings =
        Preparation.builder(folder.files()).options(options).strict(strict).sha256(sha256);
    OutputFile output =
        OutputFile.of(store, SegmentStore.MARK)
            .protecting(folder.inputs())
            .overwriting(overwriting.isAllowed());
    OutputFile choices =
        DataConfig.beside(store).protecting(folder.inputs()).overwriting(overwriting.isAllowed());
    boolean named = Files.isRegularFile(store) || !Files.exists(store);
    if (named) {
      choices.require();
    }
    prepare(console, folder, settings, output);
    if (named) {
      files.config(data, folder.foldsFile(), options).write(choices);
      console.line("choices: %s; prepare --config repeats them", choices.path());
    }
  }

  /** Takes from a file what no option says. */
  private void repeat(DataConfig former) {
    PrepareOptions base = former.prepare();
    data = data == null && former.data() != null ? Path.of(former.data()) : data;
    folds = folds == null && former.folds() != null ? Path.of(former.folds()) : folds;
    files.defaultTo(former);
    steps = given("--steps") ? steps : base.steps();
    truncation = given("--truncate") ? truncation : base.truncation();
    unit = given("--unit") ? unit : base.unit();
    incomplete = given("--incomplete") ? incomplete : base.incomplete();
    precision = given("--precision") ? precision : base.precision();
  }

  private SanitizeOptions sanitize(SanitizeOptions base) {
    return new SanitizeOptions(
        limit == null ? base.limit() : limit,
        limit == null ? base.limits() : PerModality.of(),
        clipInfinite || base.clipInfinite());
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Prepares a store and prints a summary. */
  static void prepare(
      Console console, DataFolder data, Preparation.Builder settings, OutputFile store) {
    store.require();
    StoreInfo info;
    try (Progress progress = new Progress("preparing", "videos")) {
      info = settings.folds(data.folds()).progress(progress::update).build().run(store);
    }
    console.line("store: %s", store.path());
    console.line("data: %s", data.files().form());
    console.line("folds: %s", data.foldsText());
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
      SanitizeCounts counts = info.sanitized().find(modality).orElse(SanitizeCounts.NONE);
      modalities.add(
          row(
              modality.key(),
              info.widths().get(modality),
              info.present().get(modality),
              info.truncated().get(modality),
              counts.nan(),
              counts.positiveInfinite() + counts.negativeInfinite(),
              counts.clipped()));
    }
    console.line("");
    console.table(
        List.of("modality", "width", "segments", "shortened", "NaN", "infinite", "clipped"),
        modalities);
    console.line("");
    console.line("label values sanitized: %,d", info.sanitizedScores());
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
