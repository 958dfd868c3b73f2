package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.train.cluster.Cluster;
import dev.mer4j.train.cluster.ScoreData;
import dev.mer4j.train.cluster.ScoreJob;
import dev.mer4j.train.cluster.ScoreResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code mer score} command. */
@Command(
    name = "score",
    description = {
      "Predict the emotions of an archive on Apache Spark. Writes a folder with a file per task:"
          + " lines of JSON as predict writes them, or Parquet.",
      "DATA is a store, a file or folder of Parquet as prepare --spark writes it, or data as for"
          + " prepare, which is prepared without a store."
    })
final class ScoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private RunOnStore given;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Output folder. It is replaced only if score wrote all of its files.")
  private Path out;

  @Option(
      names = "--format",
      paramLabel = "jsonl|parquet",
      defaultValue = "jsonl",
      description = "Format of the predictions. Defaults to ${DEFAULT-VALUE}.")
  private ScoreJob.Format format;

  @Mixin private AvailableOption available;

  @Option(
      names = "--backend",
      paramLabel = "B",
      description = "Compute backend, see mer backends. Defaults to the fastest available one.")
  private @Nullable String backend;

  @Mixin private ClusterOption spark;

  @Override
  public void run() {
    Console console = new Console(spec);
    console.fromOptions(this::requireSpark);
    RunFolder folder = given.folder();
    folder.requireOutside(out);
    ScoreData data = data(console);
    ModelConfig model = ModelConfig.read(folder.trained());
    ModalitySet seen = available.of(model);
    ScoreResult result;
    try (Cluster cluster = console.fromOptions(spark::connect)) {
      result = cluster.score(new ScoreJob(folder.trained(), data, out, format, seen, backend));
    }
    PredictionNotes.print(console, model, seen, result.summary());
    result.omissions().forEach(each -> console.line("- %s", each.text()));
    console.line("%d segments scored: %s", result.summary().segments(), out);
  }

  private boolean requireSpark() {
    if (!spark.isGiven()) {
      throw new ConfigException("--spark is required; predict runs in one process");
    }
    return true;
  }

  private ScoreData data(Console console) {
    Path path = given.data();
    if (!Files.exists(path)) {
      throw new FileException(path, "no such file or folder");
    }
    if (ParquetFiles.isAt(path)) {
      given.requireNoFiles();
      return new ScoreData.Parquet(path.toAbsolutePath(), given.options(console));
    }
    if (given.isRaw()) {
      return new ScoreData.Raw(given.recorded(console));
    }
    given.requireNoPreparation();
    return new ScoreData.Store(path.toAbsolutePath());
  }
}
