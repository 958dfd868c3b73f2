package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.label.LabelScheme.TieRule;
import dev.mer4j.data.segment.Unit;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.train.Preset;
import dev.mer4j.train.Selection;
import dev.mer4j.train.TrainerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mer train}. */
@Command(
    name = "train",
    description = {
      "Train a model on a store's training split; epoch and thresholds are chosen on the validation"
          + " split.",
      "Writes RUN/model, RUN/checkpoints, RUN/history.csv, RUN/history.jsonl and RUN/config.json."
          + " Ctrl-C and SIGTERM stop it at a checkpoint. Options win over"
          + " --config, and that over --preset."
    })
final class TrainCommand implements Runnable {
  /** The names of fusions in options. */
  enum FusionName {
    CONCAT,
    ATTENTION;

    Fusion fusion() {
      return this == CONCAT ? Fusion.concatenation() : Fusion.attention();
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "STORE", description = "What prepare wrote.")
  private Path store;

  @Option(names = "--out", paramLabel = "RUN", required = true, description = "The run's folder.")
  private Path run;

  @Option(
      names = "--preset",
      paramLabel = "paper|robust",
      description =
          "paper: the published recipe, made for stores of --unit video; robust: several emotions"
              + " at once and attention, the default.")
  private @Nullable Preset preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings as JSON, such as another run's config.json, or some of them.")
  private @Nullable Path config;

  @Option(names = "--epochs", paramLabel = "N", description = "How many epochs.")
  private @Nullable Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "How many segments a step sees.")
  private @Nullable Integer batch;

  @Option(names = "--seed", paramLabel = "S", description = "Where all random draws come from.")
  private @Nullable Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Train with N seeds, from --seed upwards, each in RUN/seed-S and a process of its own;"
              + " run again to finish what was interrupted.")
  private int seeds;

  @Option(
      names = "--processes",
      paramLabel = "P",
      defaultValue = "1",
      description = "How many of the --seeds to train at once (${DEFAULT-VALUE}).")
  private int processes;

  @Option(
      names = "--fusion",
      paramLabel = "concat|attention",
      description = "How the modalities are joined.")
  private @Nullable FusionName fusion;

  @Option(
      names = "--ties",
      paramLabel = "leave-out|first-column",
      converter = Converters.OfTieRule.class,
      description =
          "With one emotion per segment, what becomes of a segment with several highest ones, or"
              + " none: the first column is what the published recipe takes.")
  private @Nullable TieRule ties;

  @Option(
      names = "--modality-dropout",
      paramLabel = "P",
      description = "The probability that a segment's modality is dropped in training.")
  private @Nullable Double modalityDropout;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "End the run after N epochs in a row that were no better than the best one.")
  private @Nullable Integer patience;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "M",
      description = "Save a checkpoint every M minutes too, in the middle of epochs.")
  private @Nullable Double checkpointMinutes;

  @Option(names = "--step-log", description = "Write a line of JSON per step to RUN/steps.jsonl.")
  private boolean stepLog;

  @Option(
      names = "--engine",
      paramLabel = "E",
      description = "What runs the encoders: see mer engines.")
  private @Nullable String engine;

  @Option(
      names = "--resume",
      description = "Go on from RUN's newest checkpoint, with RUN's settings unless told others.")
  private boolean resume;

  @Override
  public void run() {
    Console console = new Console(spec);
    RunFolder folder = new RunFolder(run);
    try (SegmentStore open = SegmentStore.open(store)) {
      RunConfig base = base(folder, open);
      RunConfig asked = console.fromOptions(() -> withOptions(base));
      if (preset == Preset.PAPER && open.info().options().unit() != Unit.VIDEO) {
        console.note("the published recipe is for whole videos: prepare with --unit video");
      }
      if (seeds == 1) {
        new Training(folder, asked, resume, stepLog).run(console, open);
      } else {
        console.fromOptions(() -> sweep(folder)).run(console, asked);
      }
    }
  }

  private Sweep sweep(RunFolder folder) {
    if (seeds < 1 || processes < 1) {
      throw new ConfigException(
          "--seeds and --processes must be at least 1: %d and %d".formatted(seeds, processes));
    }
    return new Sweep(folder, store, seeds, processes, stepLog);
  }

  private RunConfig base(RunFolder folder, SegmentStore open) {
    RunConfig defaults = RunConfig.of(preset == null ? Preset.ROBUST : preset, open.widths());
    if (config != null) {
      return RunConfigFile.read(config, defaults);
    }
    boolean goesOn = resume && preset == null && Files.exists(folder.config());
    return goesOn ? RunConfigFile.read(folder.config(), defaults) : defaults;
  }

  private RunConfig withOptions(RunConfig base) {
    TrainerConfig.Builder training = base.training().toBuilder();
    if (epochs != null) {
      training.epochs(epochs);
    }
    if (batch != null) {
      training.batchSize(batch);
    }
    if (seed != null) {
      training.seed(seed);
    }
    if (modalityDropout != null) {
      training.modalityDropout(modalityDropout);
    }
    if (patience != null) {
      training.selection(new Selection(base.training().selection().criterion(), patience));
    }
    if (checkpointMinutes != null) {
      training.checkpointMinutes(checkpointMinutes);
    }
    RunConfig asked = base.with(training.build());
    if (fusion != null) {
      asked = asked.with(fusion.fusion());
    }
    if (ties != null) {
      asked = asked.with(ties);
    }
    return engine == null ? asked : asked.onEngine(engine);
  }
}
