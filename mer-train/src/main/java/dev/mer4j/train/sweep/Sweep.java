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
 * <p>Each trial has its own folder {@code SETTING/seed-S}. Finished trials are not repeated, except
 * for their scores if those are of {@linkplain TrialScorer#scoredOn other data}, and interrupted
 * ones continue from their checkpoints, so running a sweep again resumes it. Several programs may
 * work on one sweep if they use different seeds.
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
          String.format(Locale.ROOT, "concurrent trials must be at least 1: %d", builder.parallel));
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

  /** Returns a builder of a sweep that runs one trial at a time, scored by validation macro-F1. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the trials: all settings with the first seed, then with the next, so that finished
   * trials are always comparable.
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
   * Reads existing results, then runs the other trials in the order of {@link #tasks()}. A failed
   * trial does not stop the others.
   *
   * @return the finished trials, in the order of {@link #tasks()}: all of them, unless the sweep
   *     was cancelled or its thread interrupted, whose interrupt flag is then set
   * @throws ConfigException if an existing result has other settings or data; nothing is trained
   *     then
   * @throws MerException if a trial failed, after the others have finished
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

  /** The state of a running sweep. */
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
          .filter(result -> result.scoredOn().equals(scorer.scoredOn(task)))
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
                          "the scorer must return all of its scores: " + scorer.names()));
      new TrialResult(fingerprint, trial, scorer.scoredOn(task)).write(task.result());
      synchronized (done) {
        done.put(index, trial);
        listener.trialFinished(trial);
      }
    }

    Trials trials() {
      return new Trials(List.copyOf(done.values()));
    }
  }

  /** Returns the scores in the scorer's order, or empty if a score is missing. */
  private Optional<Trial> ordered(TrialTask task, Map<String, Double> scores) {
    if (!scores.keySet().containsAll(scorer.names())) {
      return Optional.empty();
    }
    Map<String, Double> ordered = new LinkedHashMap<>();
    scorer.names().forEach(name -> ordered.put(name, scores.get(name)));
    return Optional.of(new Trial(task.setting(), task.seed(), ordered));
  }

  /** Gathers the settings of a sweep; {@link #build()} validates them. */
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
     * Adds a setting; the others are compared with the first one.
     *
     * @param name its name for the executor
     * @param folder the folder of its trials
     */
    public Builder setting(String name, Path folder) {
      if (settings.putIfAbsent(name, folder) != null) {
        problems.add(String.format(Locale.ROOT, "two settings are named '%s'", name));
      }
      return this;
    }

    /** Adds settings, each with a subfolder of its name. */
    public Builder settings(List<Setting> values, Path folder) {
      values.forEach(value -> setting(value.name(), folder.resolve(value.name())));
      return this;
    }

    /** Adds {@code count} consecutive seeds, starting at {@code first}. */
    public Builder seeds(long first, int count) {
      for (int i = 0; i < count; i++) {
        seeds.add(first + i);
      }
      return this;
    }

    /** Sets the executor that trains the models. */
    public Builder executor(TrialExecutor value) {
      executor = value;
      return this;
    }

    /** Sets the number of concurrent trials. Defaults to 1. */
    public Builder parallel(int trials) {
      parallel = trials;
      return this;
    }

    /** Sets the scorer of trials. Defaults to macro-F1 on the validation split. */
    public Builder scorer(TrialScorer value) {
      scorer = value;
      return this;
    }

    /** Sets the listener of trials. */
    public Builder listener(SweepListener value) {
      listener = value;
      return this;
    }

    /** Sets the cancellation that can stop the sweep from another thread. */
    public Builder cancellation(Cancellation value) {
      cancellation = value;
      return this;
    }

    /**
     * Returns the sweep.
     *
     * @throws ConfigException if there is no setting, no seed or no executor, or two settings have
     *     the same name
     */
    public Sweep build() {
      return new Sweep(this);
    }
  }
}
