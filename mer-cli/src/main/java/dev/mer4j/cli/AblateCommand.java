package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.Family;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
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
    OutputFile tables = OutputFile.of(folder.resolve("ablation.md"), MARK);
    tables.require();
    List<SegmentStore> open = new ArrayList<>();
    try (Interruption interruption = new Interruption()) {
      List<AblationData> data = console.fromOptions(() -> data(console, open));
      Map<String, Trials> trials = new LinkedHashMap<>();
      List<String> names = List.of();
      for (AblationData each : data) {
        TrainingSplit training = each.training(seed);
        List<Setting> own =
            new AblationSettings(settings).read(training.widths(), training.labels());
        names = own.stream().map(Setting::name).toList();
        trials.put(
            each.name(),
            console
                .fromOptions(() -> new AblationTrials(each, own))
                .sweep(folder.resolve(each.name()))
                .seeds(seed, seeds)
                .parallel(parallel)
                .cancellation(interruption.cancellation())
                .listener(new Lines(console, each.name()))
                .build()
                .run());
        if (interruption.cancellation().isCancelled() || Thread.currentThread().isInterrupted()) {
          console.note("stopped; run the command again to continue");
          return;
        }
      }
      AblationTables all = new AblationTables(trials, names);
      tables.write(all.toMarkdown());
      all.all().forEach((title, table) -> console.text(title + "\n\n" + table.toText() + "\n\n"));
      console.line("tables: %s", tables.path());
    } finally {
      open.forEach(SegmentStore::close);
    }
  }

  private List<AblationData> data(Console console, List<SegmentStore> open) {
    if (seeds < 1) {
      throw new ConfigException("--seeds must be at least 1: " + seeds);
    }
    if (parallel < 1) {
      throw new ConfigException("--parallel must be at least 1: " + parallel);
    }
    Map<String, AblationData> data = new LinkedHashMap<>();
    for (String family : families) {
      data.put(family, new FamilyAblationData(Family.of(family), videos));
    }
    for (Path path : stores) {
      String name = String.valueOf(path.getFileName()).replaceFirst("\\.store$", "");
      Setting.requireName(name);
      if (!Files.exists(path)) {
        console.note("%s: skipped, no such file: %s", name, path);
        continue;
      }
      SegmentStore store = SegmentStore.open(path);
      open.add(store);
      if (data.put(name, new StoreAblationData(name, store)) != null) {
        throw new ConfigException("two data sets are named '" + name + "'; rename the store");
      }
    }
    return List.copyOf(data.values());
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
