package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.core.ModelOutputs;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.provenance.Provenance;
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
import java.util.Set;
import java.util.stream.Stream;

/** What lies where in the folder of one training run. */
record RunFolder(Path root) {
  /** What a sweep or an interrupted start leaves. */
  private static final Set<String> BEFORE_A_RUN = Set.of("log.txt", "checkpoints");

  /** The folder of a trial of a sweep. */
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

  Path config() {
    return root.resolve("config.json");
  }

  Path report() {
    return root.resolve("report");
  }

  /** The files of pictures. */
  List<OutputFile> pictures() {
    return ReportWriter.pictures(root);
  }

  /** The log of a run of a sweep. */
  Path log() {
    return root.resolve("log.txt");
  }

  /** What came of a run of a sweep. */
  Path result() {
    return root.resolve("result.json");
  }

  /** All that training and evaluation write besides the folders. */
  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    files.addAll(List.of(config(), history(), historyLines(), steps(), log(), result()));
    pictures().forEach(picture -> files.add(picture.path()));
    return files;
  }

  private List<Path> folders() {
    return List.of(model(), checkpoints(), report());
  }

  /**
   * Returns an output that is not part of this run, by whatever path or link.
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
   * Makes sure that training may write its files.
   *
   * @param inputs what the training reads
   * @throws FileException if a file that was not written by training, or is an input, would be
   *     replaced
   */
  void requireWritable(Collection<Path> inputs) {
    List<OutputFile> outputs = new ArrayList<>();
    outputs.add(OutputFile.of(config(), ModelFile.mark(RunConfig.class)));
    outputs.add(OutputFile.of(history(), History.CSV_MARK));
    outputs.add(OutputFile.of(historyLines(), History.JSON_LINES_MARK));
    outputs.add(OutputFile.of(steps(), StepLog.MARK));
    outputs.addAll(ModelOutputs.of(model()));
    outputs.addAll(pictures());
    outputs.forEach(output -> output.protecting(inputs).require());
  }

  /**
   * Makes sure that a run can be resumed here, or begun where nothing is yet.
   *
   * @throws FileException if the folder holds something else, or a model without checkpoints
   */
  void requireResumable() {
    if (!Files.isDirectory(root)) {
      return;
    }
    boolean checkpoint = !new CheckpointFolder(checkpoints()).files().isEmpty();
    if (Files.isDirectory(model()) && !checkpoint) {
      throw new FileException(
          root, "has a trained model, but no checkpoint to resume from; use another folder");
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

  /** Where the trained model comes from; unknown if the folder does not say. */
  Provenance provenance() {
    Path file = model().resolve("provenance.json");
    return Files.isRegularFile(file) ? ModelFile.read(file, Provenance.class) : Provenance.UNKNOWN;
  }

  /**
   * Reads the trained model.
   *
   * @throws FileException if there is none
   */
  MultimodalModel load() {
    if (!Files.isDirectory(model())) {
      throw new FileException(
          root, "has no trained model; give the folder that training wrote to, once it is done");
    }
    return MultimodalModel.load(model());
  }
}
