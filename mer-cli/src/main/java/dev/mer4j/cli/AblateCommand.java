package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.Family;
import dev.mer4j.data.synth.FamilyData;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.ablation.AblationData;
import dev.mer4j.train.ablation.AblationTrials;
import dev.mer4j.train.ablation.FamilyAblationData;
import dev.mer4j.train.ablation.StoreAblationData;
import dev.mer4j.train.sweep.Setting;
import dev.mer4j.train.sweep.SweepListener;
import dev.mer4j.train.sweep.Trial;
import dev.mer4j.train.sweep.Trials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer ablate} command. */
@Command(
    name = "ablate",
    description = {
      "Compare settings and baselines on synthetic families and on stores, with several seeds, in"
          + " one process.",
      "Writes DIR/ablation.md and a folder per trial. Run the command again to continue after an"
          + " interruption; finished trials are not repeated."
    })
final class AblateCommand implements Runnable {
  private static final FileMark MARK = FileMark.startsWith(AblationTables.TITLE + "\n");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Output folder.")
  private Path folder;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      required = true,
      description =
          "JSON object of settings by name. The first is the reference and changes a config.json of"
              + " preset robust; the others change the first.")
  private Path settings;

  @Option(
      names = "--families",
      paramLabel = "NAME",
      split = ",",
      description = "Synthetic families, separated by commas. Defaults to all.")
  private List<String> families = Arrays.stream(Family.values()).map(Family::key).toList();

  @Option(
      names = "--videos",
      paramLabel = "N",
      defaultValue = "1500",
      description =
          "Number of videos of each family, of 4 segments each. Defaults to ${DEFAULT-VALUE}.")
  private int videos;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = "Store written by prepare, as another data set. Can be repeated.")
  private List<Path> stores = List.of();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "101",
      description = "First seed. Defaults to ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Number of consecutive seeds. Defaults to ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--parallel",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Number of trials at the same time, each with --threads threads. Defaults to"
              + " ${DEFAULT-VALUE}. The results do not depend on it.")
  private int parallel;

  @Override
  public void run() {
    Console console = new Console(spec);
    console.fromOptions(this::requireValid);
    OutputFile tables = OutputFile.of(folder.resolve("ablation.md"), MARK);
    tables.require();
    Map<String, Trials> trials = new LinkedHashMap<>();
    try (Interruption interruption = new Interruption()) {
      for (String family : families) {
        AblationData data = new FamilyAblationData(Family.of(family), videos);
        trials.put(family, trials(console, data, interruption.cancellation()));
      }
      for (Path path : stores) {
        if (Files.exists(path)) {
          try (SegmentStore store = SegmentStore.open(path)) {
            AblationData data = new StoreAblationData(name(path), store);
            trials.put(data.name(), trials(console, data, interruption.cancellation()));
          }
        } else {
          console.note("%s: skipped, no such file: %s", name(path), path);
        }
      }
      if (interruption.cancellation().isCancelled() || Thread.currentThread().isInterrupted()) {
        console.note("stopped; run the command again to continue");
        return;
      }
    }
    AblationTables all = new AblationTables(trials, new AblationSettings(settings).names());
    tables.write(all.toMarkdown());
    all.all().forEach((title, table) -> console.text(title + "\n\n" + table.toText() + "\n\n"));
    console.line("tables: %s", tables.path());
  }

  private Trials trials(Console console, AblationData data, Cancellation cancellation) {
    TrainingSplit training = data.training(seed);
    List<Setting> own = new AblationSettings(settings).read(training.widths(), training.labels());
    return new AblationTrials(data, own)
        .sweep(folder.resolve(data.name()))
        .seeds(seed, seeds)
        .parallel(parallel)
        .cancellation(cancellation)
        .listener(new Lines(console, data.name()))
        .build()
        .run();
  }

  /** Checks the options before the first of many trials. */
  private List<String> requireValid() {
    List<String> names = new ArrayList<>();
    families.forEach(family -> names.add(Family.of(family).key()));
    stores.forEach(store -> names.add(name(store)));
    List<String> problems = new ArrayList<>();
    if (names.size() != names.stream().distinct().count()) {
      problems.add("two data sets have the same name; rename the store: " + names);
    }
    if (videos < FamilyData.FEWEST_VIDEOS || videos > FamilyData.MOST_VIDEOS) {
      problems.add(
          String.format(
              Locale.ROOT,
              "--videos must be in [%d, %d]: %d",
              FamilyData.FEWEST_VIDEOS,
              FamilyData.MOST_VIDEOS,
              videos));
    }
    if (seeds < 1) {
      problems.add("--seeds must be at least 1: " + seeds);
    }
    if (parallel < 1) {
      problems.add("--parallel must be at least 1: " + parallel);
    }
    ConfigException.throwIfAny("ablation", problems);
    return names;
  }

  /** Returns the name of a store's data set: its file name without {@code .store}. */
  private static String name(Path store) {
    String file = String.valueOf(store.getFileName());
    String name =
        file.endsWith(".store") ? file.substring(0, file.length() - ".store".length()) : file;
    Setting.requireName(name);
    return name;
  }

  /** Writes a line for each finished trial. */
  private record Lines(Console console, String data) implements SweepListener {
    @Override
    public void trialFinished(Trial trial) {
      console.line(
          "%s, %s, seed %d: %s",
          data,
          trial.setting(),
          trial.seed(),
          String.format(
              Locale.ROOT,
              "primary %.3f",
              trial.scores().getOrDefault(AblationTrials.PRIMARY, Double.NaN)));
    }
  }
}
