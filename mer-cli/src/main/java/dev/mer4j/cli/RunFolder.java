package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.core.ModelOutputs;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.eval.benchmark.GradientBalance;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.report.ReportWriter;
import dev.mer4j.train.StepLog;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import dev.mer4j.train.history.History;
import dev.mer4j.train.sweep.TrialTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The layout of a training run's folder. */
record RunFolder(Path root) {
  /** Files that a sweep or an interrupted start leaves behind. */
  private static final Set<String> BEFORE_A_RUN = Set.of("log.txt", "checkpoints");

  /** Returns the folder of a sweep's trial. */
  static RunFolder of(TrialTask task) {
    return new RunFolder(Path.of(task.folder()));
  }

  Path model() {
    return root.resolve("model");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Path history() {
    return root.resolve("history.csv");
  }

  Path historyLines() {
    return root.resolve("history.jsonl");
  }

  Path steps() {
    return root.resolve("steps.jsonl");
  }

  /**
   * Returns the balance of the gradients in training.
   *
   * @return empty without a log of steps, or with fewer than two modalities
   * @throws FileException if the log is malformed
   */
  Optional<GradientBalance> gradientBalance() {
    return Files.isRegularFile(steps())
        ? StepLog.meanGradientNorms(steps()).flatMap(GradientBalance::of)
        : Optional.empty();
  }

  Path config() {
    return root.resolve("config.json");
  }

  /** Returns the options that the data of the model was prepared with. */
  Path data() {
    return root.resolve("data.json");
  }

  Path report() {
    return root.resolve("report");
  }

  /** Returns the files of the charts. */
  List<OutputFile> pictures() {
    return ReportWriter.pictures(root);
  }

  /** Returns the log of a sweep's trial. */
  Path log() {
    return root.resolve("log.txt");
  }

  /** Returns the result of a sweep's trial. */
  Path result() {
    return root.resolve("result.json");
  }

  /** Returns the files that training and evaluation write outside subfolders. */
  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    files.addAll(List.of(config(), data(), history(), historyLines(), steps(), log(), result()));
    pictures().forEach(picture -> files.add(picture.path()));
    return files;
  }

  private List<Path> folders() {
    return List.of(model(), checkpoints(), report());
  }

  /**
   * Returns an output after checking that it is not part of this run, by any path or link.
   *
   * @throws FileException if the folder cannot be read
   */
  OutputFile protectedFrom(OutputFile output) {
    List<Path> inside = new ArrayList<>(files());
    for (Path folder : folders()) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          all.filter(Files::isRegularFile).forEach(inside::add);
        } catch (IOException e) {
          throw unreadable(folder, e);
        } catch (UncheckedIOException e) {
          throw unreadable(folder, e.getCause());
        }
      }
    }
    return output.protecting(inside).outside(folders());
  }

  private static FileException unreadable(Path folder, IOException e) {
    return new FileException(folder, "cannot be read: " + IoReason.of(e), e);
  }

  /**
   * Checks that training may write its files.
   *
   * @param inputs the input files of the training
   * @throws FileException if an input, or a file that training did not write, would be replaced
   */
  void requireWritable(Collection<Path> inputs) {
    List<OutputFile> outputs = new ArrayList<>();
    outputs.add(OutputFile.of(config(), ModelFile.mark(RunConfig.class)));
    outputs.add(OutputFile.of(data(), DataConfig.MARK));
    outputs.add(OutputFile.of(history(), History.CSV_MARK));
    outputs.add(OutputFile.of(historyLines(), History.JSON_LINES_MARK));
    outputs.add(OutputFile.of(steps(), StepLog.MARK));
    outputs.addAll(ModelOutputs.of(model()));
    outputs.addAll(pictures());
    outputs.forEach(output -> output.protecting(inputs).require());
  }

  /**
   * Checks that the folder is empty or holds a run that can be resumed.
   *
   * @throws FileException if the folder holds other files, or a model without checkpoints
   */
  void requireResumable() {
    if (!Files.isDirectory(root)) {
      return;
    }
    boolean checkpoint = !new CheckpointFolder(checkpoints()).files().isEmpty();
    if (Files.isDirectory(model()) && !checkpoint) {
      throw new FileException(
          root, "has a trained model but no checkpoint to resume from; use another folder");
    }
    try (Stream<Path> files = Files.list(root)) {
      boolean other =
          files
              .map(file -> file.getFileName().toString())
              .anyMatch(name -> !name.startsWith(".") && !BEFORE_A_RUN.contains(name));
      if (other && !checkpoint && !Files.isRegularFile(config())) {
        throw new FileException(
            root, "is not the folder of a training run: it has no config.json; check --out");
      }
    } catch (IOException e) {
      throw new FileException(root, "cannot be read: " + IoReason.of(e), e);
    }
  }

  /** Returns the provenance of the trained model, or an unknown one if none is recorded. */
  Provenance provenance() {
    Path file = model().resolve("provenance.json");
    return Files.isRegularFile(file) ? ModelFile.read(file, Provenance.class) : Provenance.UNKNOWN;
  }

  /**
   * Reads the trained model.
   *
   * @throws FileException if no trained model exists
   */
  MultimodalModel load() {
    return MultimodalModel.load(trained());
  }

  /**
   * Returns the folder of the trained model.
   *
   * @throws FileException if no trained model exists
   */
  Path trained() {
    if (!Files.isDirectory(model())) {
      throw new FileException(
          root, "has no trained model; name the folder of a completed training run");
    }
    return model();
  }

  /**
   * Checks that an output folder is not part of the run, nor contains it.
   *
   * @throws FileException if it is
   */
  void requireOutside(Path folder) {
    if (isPart(folder, path -> path.toAbsolutePath().normalize())
        || isPart(folder, RunFolder::target)) {
      throw new FileException(folder, "belongs to the run " + root + "; use another name");
    }
  }

  private boolean isPart(Path folder, UnaryOperator<Path> resolve) {
    Path output = resolve.apply(folder);
    return folders().stream().anyMatch(each -> output.startsWith(resolve.apply(each)))
        || resolve.apply(root).startsWith(output);
  }

  /** Returns the path without symbolic links, if it exists. */
  private static Path target(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /**
   * Returns the folder of a report.
   *
   * @param given null for the run's own
   * @throws FileException if the given one is another part of the run, or contains the run
   */
  Path report(@Nullable Path given) {
    if (given == null || target(given).equals(target(report()))) {
      return report();
    }
    requireOutside(given);
    return given;
  }
}
