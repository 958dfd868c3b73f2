package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.core.ModelOutputs;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.io.ModelFile;
import dev.mer4j.eval.report.ReportWriter;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.train.StepLog;
import dev.mer4j.train.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What lies where in the folder of one training run. */
record RunFolder(Path root) {
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
