package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.io.ModelFile;
import dev.mer4j.core.io.Provenance;
import dev.mer4j.train.experiment.Trial;
import dev.mer4j.train.experiment.Trials;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * One training run per seed, each in a process and a folder {@code seed-S} of its own. Repeating it
 * finishes what was interrupted and leaves alone what is done.
 *
 * @param seeds how many, from the configuration's upwards
 * @param processes how many at once
 * @param stepLog whether each run writes a line per step
 */
record Sweep(RunFolder folder, Path store, int seeds, int processes, boolean stepLog) {
  private static final String MACRO_F1 = "valid macro-F1";

  /** Runs all seeds and tells what each came to, and all together. */
  void run(Console console, RunConfig config) {
    writeOnce(config);
    List<Long> all =
        LongStream.range(0, seeds).mapToObj(s -> config.training().seed() + s).toList();
    Thread hook =
        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy));
    Runtime.getRuntime().addShutdownHook(hook);
    ExecutorService waiting = Executors.newFixedThreadPool(processes);
    try {
      List<Trial> trials = new ArrayList<>();
      List<Callable<Trial>> runs = all.stream().map(s -> (Callable<Trial>) () -> train(s)).toList();
      for (Future<Trial> run : waiting.invokeAll(runs)) {
        trials.add(run.get());
      }
      tell(console, new Trials(trials));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MerException ours ? ours : new MerException("" + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.shutdown();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void writeOnce(RunConfig config) {
    Path file = folder.config();
    if (!Files.exists(file)) {
      RunConfigFile.write(file, config);
    } else if (!RunConfigFile.read(file, config).equals(config)) {
      throw new FileException(file, "is of other settings; use them, or another folder");
    }
  }

  private Trial train(long seed) throws IOException, InterruptedException {
    RunFolder own = new RunFolder(folder.root().resolve("seed-" + seed));
    Files.createDirectories(own.root());
    Path log = own.root().resolve("log.txt");
    Process process =
        new ProcessBuilder(command(own, seed))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    if (process.waitFor() != 0) {
      List<String> lines = Files.readAllLines(log);
      String last = lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
      throw new FileException(log, "seed %d failed: %s".formatted(seed, last));
    }
    Path written = own.model().resolve("provenance.json");
    Map<String, String> facts = ModelFile.read(written, Provenance.class).facts();
    double macroF1 = Double.parseDouble(facts.getOrDefault(MACRO_F1, "NaN"));
    double epoch = Double.parseDouble(facts.getOrDefault("epoch", "NaN"));
    return new Trial("all seeds", seed, Map.of(MACRO_F1, macroF1, "epoch", epoch));
  }

  private List<String> command(RunFolder own, long seed) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-D" + Progress.WATCHED))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Mer.class.getName()));
    command.addAll(List.of("train", store.toString(), "--out", own.root().toString()));
    command.addAll(List.of("--config", folder.config().toString(), "--seed", "" + seed));
    command.add("--resume");
    if (stepLog) {
      command.add("--step-log");
    }
    return command;
  }

  private static void tell(Console console, Trials trials) {
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : trials.all()) {
      Map<String, Double> scores = trial.scores();
      rows.add(
          List.of(
              Long.toString(trial.seed()),
              String.format(Locale.ROOT, "%.0f", scores.get("epoch")),
              String.format(Locale.ROOT, "%.3f", scores.get(MACRO_F1))));
    }
    rows.add(List.of("mean ± std", "", trials.spread("all seeds", MACRO_F1).toString()));
    console.table(List.of("seed", "best epoch", MACRO_F1), rows);
  }
}
