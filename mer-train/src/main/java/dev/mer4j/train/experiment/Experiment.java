package dev.mer4j.train.experiment;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.io.ModelFile;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.Ending;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainingRun;
import dev.mer4j.train.checkpoint.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains several settings with several seeds, one after another, and keeps what each came to.
 *
 * <p>Each trial has a folder {@code SETTING/seed-S} of its own. A trial that is done is not done
 * again, and one that was interrupted goes on from its checkpoint, so an experiment is repeated by
 * running it again. Several processes may work on one experiment if each is given other seeds.
 */
public final class Experiment {
  private final Path folder;
  private final List<Setting> settings;
  private final List<Long> seeds;
  private final @Nullable String engine;
  private final Scorer scorer;
  private final Cancellation cancellation;
  private final Consumer<Trial> watcher;

  private Experiment(Builder builder) {
    List<String> problems = new ArrayList<>();
    if (builder.settings.isEmpty()) {
      problems.add("there is no setting");
    }
    if (builder.seeds.isEmpty()) {
      problems.add("there is no seed");
    }
    if (builder.settings.stream().map(Setting::name).distinct().count() < builder.settings.size()) {
      problems.add("two settings have one name");
    }
    ConfigException.throwIfAny("experiment", problems);
    folder = builder.folder;
    settings = List.copyOf(builder.settings);
    seeds = List.copyOf(builder.seeds);
    engine = builder.engine;
    scorer = builder.scorer;
    cancellation = builder.cancellation;
    watcher = builder.watcher;
  }

  /** Starts an experiment that lives in this folder. */
  public static Builder builder(Path folder) {
    return new Builder(folder);
  }

  /** Judges what training left: the model with its best parameters. */
  @FunctionalInterface
  public interface Scorer {
    /** The validation split's macro-F1. */
    Scorer VALID_MACRO_F1 = (model, run) -> Map.of("valid macro-F1", run.bestMacroF1());

    /** Returns scores by name; nothing may be chosen by those of a test split. */
    Map<String, Double> score(MultimodalModel model, TrainingRun run);
  }

  /** A trial that is done, and what it was done with. */
  private record Done(Fingerprint fingerprint, Trial trial) {}

  /**
   * Runs what is not done yet: all settings of the first seed, then of the next, so that what is
   * there can be compared at any time.
   *
   * @return what is done; all trials, unless the experiment was cancelled or its thread interrupted
   * @throws ConfigException if a trial in the folder was done with other settings or data
   */
  public Trials run(TrainingSplit train, ValidationSplit valid) {
    List<Trial> trials = new ArrayList<>();
    for (long seed : seeds) {
      for (Setting setting : settings) {
        if (!cancellation.isCancelled() && !Thread.currentThread().isInterrupted()) {
          run(setting, seed, train, valid, trials);
        }
      }
    }
    return new Trials(trials);
  }

  private void run(
      Setting setting, long seed, TrainingSplit train, ValidationSplit valid, List<Trial> trials) {
    Path own = folder.resolve(setting.name()).resolve("seed-" + seed);
    Path result = own.resolve("result.json");
    Trainer trainer =
        Trainer.builder()
            .config(setting.training(seed))
            .checkpoints(own.resolve("checkpoints"))
            .resume(true)
            .cancellation(cancellation)
            .build();
    try (MultimodalModel model = setting.newModel(engine, seed)) {
      if (Files.exists(result)) {
        Done done = ModelFile.read(result, Done.class);
        done.fingerprint().requireSame(result, trainer.fingerprint(model, train, valid));
        trials.add(done.trial());
        return;
      }
      TrainingRun run = trainer.fit(model, train, valid);
      if (run.ending() != Ending.CANCELLED) {
        Trial trial = new Trial(setting.name(), seed, scorer.score(model, run));
        ModelFile.write(result, new Done(run.fingerprint(), trial));
        trials.add(trial);
        watcher.accept(trial);
      }
    }
  }

  /** Gathers what an experiment needs; {@link #build()} judges it. */
  public static final class Builder {
    private final Path folder;
    private final List<Setting> settings = new ArrayList<>();
    private final List<Long> seeds = new ArrayList<>();
    private @Nullable String engine;
    private Scorer scorer = Scorer.VALID_MACRO_F1;
    private Cancellation cancellation = new Cancellation();
    private Consumer<Trial> watcher = trial -> {};

    private Builder(Path folder) {
      this.folder = folder;
    }

    /** Adds a setting; the first one is what the others are compared with. */
    public Builder setting(Setting setting) {
      settings.add(setting);
      return this;
    }

    /** Adds {@code count} seeds, from {@code first} upwards. */
    public Builder seeds(long first, int count) {
      for (int i = 0; i < count; i++) {
        seeds.add(first + i);
      }
      return this;
    }

    /** What runs the encoders; for each setting the best that can unless told. */
    public Builder engine(String name) {
      engine = name;
      return this;
    }

    /** What is kept of each trial; the validation split's macro-F1 unless told. */
    public Builder scorer(Scorer value) {
      scorer = value;
      return this;
    }

    /** What can stop the experiment from another thread. */
    public Builder cancellation(Cancellation value) {
      cancellation = value;
      return this;
    }

    /** Who is told of each trial that has been done. */
    public Builder watcher(Consumer<Trial> value) {
      watcher = value;
      return this;
    }

    /**
     * Returns the experiment.
     *
     * @throws ConfigException if there is no setting or no seed, or two settings have one name
     */
    public Experiment build() {
      return new Experiment(this);
    }
  }
}
