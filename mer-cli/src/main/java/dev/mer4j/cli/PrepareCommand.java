package dev.mer4j.cli;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Split;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationBuilder;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.PrepareOptions;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.store.StoreInfo;
import dev.mer4j.file.OutputFile;
import dev.mer4j.train.cluster.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
  private static final String PARQUET = ".parquet";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATA",
      arity = "0..1",
      description =
          "Folder of .csd files, file of MMSA, MulT, CARAT or conv-emotion, or folder with"
              + " segments.csv or MERTools' labels. Optional if options name the files.")
  private @Nullable Path data;

  @Mixin private FileOptions files;

  @Mixin private PreparationOptions preparation;

  @Option(
      names = "--out",
      paramLabel = "STORE",
      required = true,
      description =
          "Output file of the store. With --spark and a name that ends in .parquet, a folder of"
              + " Parquet files for score.")
  private Path store;

  @Option(
      names = "--folds",
      paramLabel = "F",
      description =
          "The SDK's Python file of folds, or a folder with train.txt, valid.txt and test.txt."
              + " Defaults to DATA/folds if it exists.")
  private @Nullable Path folds;

  @Option(names = "--strict", negatable = true, description = "Fail at the first unusable entry.")
  private @Nullable Boolean strict;

  @Option(
      names = "--sha256",
      negatable = true,
      description = "Record the SHA-256 of the files, which reads them a second time.")
  private @Nullable Boolean sha256;

  @Option(
      names = "--config",
      paramLabel = "STORE.data.json",
      description =
          "Repeat the preparation that wrote this file beside its store. Other options override"
              + " it.")
  private @Nullable Path config;

  @Mixin private OverwriteOption overwriting;

  @Mixin private ClusterOption spark;

  @Override
  public void run() {
    Console console = new Console(spec);
    DataConfig base = repeated();
    PrepareOptions options = console.fromOptions(() -> preparation.over(base.prepare()));
    boolean strictly = strict == null ? base.strict() : strict;
    boolean hashed = sha256 == null ? base.sha256() : sha256;
    DataFolder folder = DataFolder.of(data, files, folds);
    PreparationBuilder settings =
        Preparation.builder(folder.files()).options(options).strict(strictly).sha256(hashed);
    List<Path> inputs = folder.inputs();
    OutputFile output =
        OutputFile.of(store, SegmentStore.MARK)
            .protecting(config == null ? List.of() : List.of(config))
            .protecting(inputs)
            .overwriting(overwriting.isAllowed());
    OutputFile choices =
        DataConfig.beside(store).protecting(inputs).overwriting(overwriting.isAllowed());
    if (spark.isGiven() && store.toString().endsWith(PARQUET)) {
      prepareParquet(console, folder, recorded(folder, options, strictly, hashed));
      return;
    }
    boolean named = Files.isRegularFile(store) || !Files.exists(store);
    if (named) {
      choices.require();
    }
    if (spark.isGiven()) {
      prepareOnCluster(console, folder, recorded(folder, options, strictly, hashed), output);
    } else {
      prepare(console, folder, settings, output);
    }
    if (named) {
      DataPaths paths = new DataPaths(parent(choices.path()), data);
      files
          .config(paths, folder.foldsFile())
          .with(options, strictly, hashed)
          .of(checksum(store))
          .write(choices);
      console.line("options: %s; prepare --config repeats the preparation", choices.path());
    }
  }

  private PreparationFactory recorded(
      DataFolder folder, PrepareOptions options, boolean strictly, boolean hashed) {
    return RecordedPreparation.of(
        data, files, folder.foldsFile(), DataConfig.DEFAULT.with(options, strictly, hashed));
  }

  private void prepareOnCluster(
      Console console, DataFolder folder, PreparationFactory recorded, OutputFile output) {
    output.require();
    try (Cluster cluster = console.fromOptions(spark::connect)) {
      print(console, folder, output.path(), cluster.prepare(recorded, output));
    }
  }

  private void prepareParquet(Console console, DataFolder folder, PreparationFactory recorded) {
    try (Cluster cluster = console.fromOptions(spark::connect)) {
      print(console, folder, store, cluster.prepareParquet(recorded, store));
    }
  }

  private static String checksum(Path store) {
    try (SegmentStore open = SegmentStore.open(store)) {
      return open.checksum();
    }
  }

  /** Reads {@code --config}, and sets the files that are not given to those that it names. */
  private DataConfig repeated() {
    if (config == null) {
      return DataConfig.DEFAULT;
    }
    DataConfig former = DataConfig.read(config);
    DataPaths stored = new DataPaths(parent(config), null);
    data = data == null && former.data() != null ? stored.path(former.data()) : data;
    DataPaths paths = new DataPaths(stored.folder(), data);
    folds = folds == null && former.folds() != null ? paths.path(former.folds()) : folds;
    files.defaultTo(former, paths);
    return former;
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** Prepares a store and prints a summary. */
  static void prepare(
      Console console, DataFolder data, PreparationBuilder settings, OutputFile store) {
    store.require();
    StoreInfo info;
    try (Progress progress = new Progress("preparing", "videos")) {
      info = settings.folds(data.folds()).progress(progress::update).build().run(store);
    }
    print(console, data, store.path(), info);
  }

  private static void print(Console console, DataFolder data, Path store, StoreInfo info) {
    console.line("store: %s", store);
    console.line("data: %s", data.files().form());
    console.line("folds: %s", data.foldsText());
    summarize(console, info);
  }

  static void summarize(Console console, StoreInfo info) {
    List<List<String>> splits = new ArrayList<>();
    for (Split split : Split.values()) {
      if (info.segments().containsKey(split)) {
        List<String> row = row(split.key(), info.videos().get(split), info.segments().get(split));
        if (!info.groups().isEmpty()) {
          row.add(1, String.format(Locale.ROOT, "%,d", info.groups().get(split)));
        }
        splits.add(row);
      }
    }
    console.line("");
    console.table(
        info.groups().isEmpty()
            ? List.of("split", "videos", "segments")
            : List.of("split", "groups", "videos", "segments"),
        splits);
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
    console.line(
        "labels: %s", info.labels().stream().map(Emotion::key).collect(Collectors.joining(", ")));
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
