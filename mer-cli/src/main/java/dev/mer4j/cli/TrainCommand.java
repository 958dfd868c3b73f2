package dev.mer4j.cli;

import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.train.Preset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer train} command. */
@Command(
    name = "train",
    description = {
      "Train a model on a store's training split. The best epoch and the thresholds are selected"
          + " on the validation split.",
      "Writes RUN/model, RUN/checkpoints, RUN/history.csv, RUN/history.jsonl, RUN/config.json"
          + " and charts of loss and macro-F1. Ctrl-C and SIGTERM stop the run after saving a"
          + " checkpoint. Options override --config, and --config overrides --preset."
    })
final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "STORE", description = "Store written by prepare.")
  private Path store;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      required = true,
      description = "Output folder of" + " the run.")
  private Path run;

  @Option(
      names = "--preset",
      paramLabel = "paper|paper-corrected|robust",
      converter = Converters.OfPreset.class,
      description =
          "paper: the published recipe, for stores prepared with --unit video;"
              + " paper-corrected: the same without its mistakes; robust:"
              + " multi-label with attention. Defaults to robust.")
  private @Nullable Preset preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "JSON file of settings, such as another run's config.json. Omitted settings"
              + " keep the preset's values.")
  private @Nullable Path config;

  @Mixin private TrainOptions options;

  @Mixin private SweepOptions sweep;

  @Mixin private ClusterOption spark;

  @Option(names = "--step-log", description = "Write a line of JSON per step to RUN/steps.jsonl.")
  private boolean stepLog;

  @Option(
      names = "--resume",
      description =
          "Continue from RUN's newest checkpoint, with RUN's settings unless options"
              + " override them.")
  private boolean resume;

  @Override
  public void run() {
    Console console = new Console(spec);
    RunFolder folder = new RunFolder(run);
    if (console.fromOptions(() -> sweep.isRequested(spark.isGiven()))) {
      console.fromOptions(() -> sweep(console, folder)).run(console);
      return;
    }
    folder.requireWritable(config == null ? List.of(store) : List.of(store, config));
    if (resume) {
      folder.requireResumable();
    }
    try (SegmentStore open = SegmentStore.open(store)) {
      RunConfig base = base(folder, startingPreset(), open);
      RunConfig requested = console.fromOptions(() -> options.applyTo(base));
      noteUnit(console, startingPreset(), open);
      new Training(folder, requested, resume, stepLog).run(console, open);
    }
  }

  private TrainSweep sweep(Console console, RunFolder folder) {
    int processes = sweep.processes();
    int count = sweep.seeds();
    List<SweepSetting> settings = settings(console, folder);
    long first = settings.get(0).config().training().seed();
    return new TrainSweep(
        settings, first, count, sweep.test(), new TrainSweep.Execution(processes, stepLog, spark));
  }

  private List<SweepSetting> settings(Console console, RunFolder folder) {
    SettingsFile.Base base =
        (preset, path) -> {
          try (SegmentStore open = SegmentStore.open(path)) {
            noteUnit(console, preset, open);
            return base(folder, preset, open);
          }
        };
    if (sweep.settings() == null) {
      RunConfig config = options.applyTo(base.of(startingPreset(), store));
      return List.of(new SweepSetting("all seeds", folder, store, config));
    }
    return new SettingsFile(sweep.settings(), startingPreset(), store)
        .read(folder.root(), base).stream()
            .map(setting -> setting.with(options.applyTo(setting.config())))
            .toList();
  }

  private Preset startingPreset() {
    return preset == null ? Preset.ROBUST : preset;
  }

  private static void noteUnit(Console console, Preset preset, SegmentStore open) {
    if (preset != Preset.ROBUST && open.info().options().unit() != SampleUnit.VIDEO) {
      console.note("the published recipe requires whole videos; prepare with --unit video");
    }
  }

  private RunConfig base(RunFolder folder, Preset from, SegmentStore open) {
    RunConfig defaults = RunConfig.of(from, open.widths(), open.info().labels());
    if (config != null) {
      return RunConfigFile.read(config, defaults);
    }
    boolean goesOn = resume && preset == null && Files.exists(folder.config());
    return goesOn ? RunConfigFile.read(folder.config(), defaults) : defaults;
  }
}
