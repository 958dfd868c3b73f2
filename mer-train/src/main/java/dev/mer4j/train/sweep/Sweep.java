package dev.mer4j.train.sweep;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.checkpoint.Fingerprint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Trains several settings with several seeds, and collects the scores of each trial.
 *
 * <p>Each trial has a folder {@code SETTING/seed-S} of its own. A trial that is done is not done
 * again, and one that was interrupted goes on from its checkpoint, so a sweep is repeated by
 * running it again. Several programs may work on one sweep if each is given other seeds.
 */
public final class Sweep {
  private final Map<String, Path> settings;
  private final List<Long> seeds;
  private final TrialExecutor executor;
  private final int parallel;
  private final TrialScorer scorer;
  private final SweepListener listener;
  private final Cancellation cancellation;

  private Sweep(Builder builder) {
    List<String> problems = new ArrayList<>(builder.problems);
    if (builder.settings.isEmpty()) {
      problems.add("there is no setting");
    }
    if (builder.seeds.isEmpty()) {
      problems.add("there is no seed");
    }
    if (builder.executor == null) {
      problems.add("there is no executor");
    }
    if (builder.parallel < 1) {
      problems.add(
          String.format(Locale.ROOT, "trials at once must be at least 1: %d", builder.parallel));
    }
    ConfigException.throwIfAny("sweep", problems);
    settings = new LinkedHashMap<>(builder.settings);
    seeds = builder.seeds.stream().distinct().toList();
    executor = Objects.requireNonNull(builder.executor);
    parallel = builder.parallel;
    scorer = builder.scorer;
    listener = builder.listener;
    cancellation = builder.cancellation;
  }

  /** Starts a sweep of one trial at a time, scored by the validation split's macro-F1. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the trials: all settings of the first seed, then of the next, so that what is done can
   * be compared at any time.
   */
  public List<TrialTask> tasks() {
    List<TrialTask> tasks = new ArrayList<>();
    for (long seed : seeds) {
      settings.forEach(
          (setting, folder) ->
              tasks.add(new TrialTask(setting, seed, folder.resolve("seed-" + seed).toString())));
    }
    return tasks;
  }

  /**
   * Reads the results that are there, then carries out the other trials in the order of {@link
   * #tasks()}. A trial that fails does not stop the others.
   *
   * @return what is done, in the order of {@link #tasks()}; all trials, unless the sweep was
   *     cancelled or its thread interrupted, whose interrupt flag is set then
   * @throws ConfigException if a trial was done with other settings or data; nothing is trained
   *     then
   * @throws MerException if a trial fails, after the others have ended
   */
  public Trials run() {
    Run run = new Run();
    run.all(run::find);
    run.all(run::carryOut);
    return run.trials();
  }

  /** A step of one trial. */
  @FunctionalInterface
  private interface Step {
    void on(int index, TrialTask task) throws InterruptedException;
  }

  /** The trials while the sweep runs. */
  private final class Run {
    private final List<TrialTask> tasks = tasks();
    private final Workers workers = new Workers(parallel);
    private final Map<Integer, Trial> done = new TreeMap<>();

    void all(Step step) {
      List<Callable<Void>> jobs = new ArrayList<>();
      for (int i = 0; i < tasks.size(); i++) {
        int index = i;
        if (!done.containsKey(index)) {
          jobs.add(
              () -> {
                if (!cancellation.isCancelled() && !Thread.currentThread().isInterrupted()) {
                  step.on(index, tasks.get(index));
                }
                return null;
              });
        }
      }
      workers.run(jobs);
    }

    void find(int index, TrialTask task) {
      TrialResult.read(task.result(), () -> executor.fingerprint(task))
          .flatMap(result -> ordered(task, result.trial().scores()))
          .ifPresent(
              trial -> {
                synchronized (done) {
                  done.put(index, trial);
                  listener.trialFound(trial);
                }
              });
    }

    void carryOut(int index, TrialTask task) throws InterruptedException {
      Fingerprint fingerprint = executor.fingerprint(task);
      if (!executor.train(task, cancellation)) {
        return;
      }
      Trial trial =
          ordered(task, scorer.score(task))
              .orElseThrow(
                  () ->
                      new MerException(
                          "the scorer must give all of its scores: " + scorer.names()));
      new TrialResult(fingerprint, trial).write(task.result());
      synchronized (done) {
        done.put(index, trial);
        listener.trialFinished(trial);
      }
    }

    Trials trials() {
      return new Trials(List.copyOf(done.values()));
    }
  }

  /** Returns what the scorer names, in its order; empty if a score is missing. */
  private Optional<Trial> ordered(TrialTask task, Map<String, Double> scores) {
    if (!scores.keySet().containsAll(scorer.names())) {
      return Optional.empty();
    }
    Map<String, Double> ordered = new LinkedHashMap<>();
    scorer.names().forEach(name -> ordered.put(name, scores.get(name)));
    return Optional.of(new Trial(task.setting(), task.seed(), ordered));
  }

  /** Gathers what a sweep needs; {@link #build()} validates it. */
  public static final class Builder {
    private final Map<String, Path> settings = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Long> seeds = new ArrayList<>();
    private @Nullable TrialExecutor executor;
    private int parallel = 1;
    private TrialScorer scorer = TrialScorer.VALID_MACRO_F1;
    private SweepListener listener = new SweepListener() {};
    private Cancellation cancellation = new Cancellation();

    private Builder() {}

    /**
     * Adds a setting; the first one is what the others are compared with.
     *
     * @param name what the executor knows it by
     * @param folder for its trials
     */
    public Builder setting(String name, Path folder) {
      if (settings.putIfAbsent(name, folder) != null) {
        problems.add(String.format(Locale.ROOT, "two settings have the name '%s'", name));
      }
      return this;
    }

    /** Adds settings, each with a folder of its name in this one. */
    public Builder settings(List<Setting> values, Path folder) {
      values.forEach(value -> setting(value.name(), folder.resolve(value.name())));
      return this;
    }

    /** Adds {@code count} seeds, from {@code first} upwards. */
    public Builder seeds(long first, int count) {
      for (int i = 0; i < count; i++) {
        seeds.add(first + i);
      }
      return this;
    }

    /** Sets what trains the models. */
    public Builder executor(TrialExecutor value) {
      executor = value;
      return this;
    }

    /** Sets how many trials are carried out at once. Defaults to 1. */
    public Builder parallel(int trials) {
      parallel = trials;
      return this;
    }

    /** Sets what is kept of each trial. Defaults to the validation split's macro-F1. */
    public Builder scorer(TrialScorer value) {
      scorer = value;
      return this;
    }

    /** Sets what is notified of each trial. */
    public Builder listener(SweepListener value) {
      listener = value;
      return this;
    }

    /** Sets what can stop the sweep from another thread. */
    public Builder cancellation(Cancellation value) {
      cancellation = value;
      return this;
    }

    /**
     * Returns the sweep.
     *
     * @throws ConfigException if there is no setting, no seed or no executor, or two settings have
     *     one name
     */
    public Sweep build() {
      return new Sweep(this);
    }
  }
}
