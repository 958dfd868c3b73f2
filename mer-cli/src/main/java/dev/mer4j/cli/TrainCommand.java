package dev.mer4j.cli;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.segment.Unit;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.train.Preset;
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
      "Writes RUN/model, RUN/checkpoints, RUN/history.csv and RUN/config.json. Options win over"
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
      names = "--fusion",
      paramLabel = "concat|attention",
      description = "How the modalities are joined.")
  private @Nullable FusionName fusion;

  @Option(
      names = "--modality-dropout",
      paramLabel = "P",
      description = "The probability that a segment's modality is dropped in training.")
  private @Nullable Double modalityDropout;

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
      new Training(folder, asked, resume).run(console, open);
    }
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
    RunConfig asked = base.with(training.build());
    if (fusion != null) {
      asked = asked.with(fusion.fusion());
    }
    return engine == null ? asked : asked.onEngine(engine);
  }
}
