package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.benchmark.BenchmarkMasks;
import dev.mer4j.eval.benchmark.BenchmarkResult;
import dev.mer4j.eval.benchmark.MasksFile;
import dev.mer4j.eval.benchmark.PredictionFile;
import dev.mer4j.eval.benchmark.SystemScores;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer missing-score} command. */
@Command(
    name = "missing-score",
    description =
        "Score the predictions of any system in the missing-modality benchmark. Decisions are"
            + " those of the file; without them, thresholds are fitted on --validation.")
final class MissingScoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "SEGMENTS",
      description =
          "Store written by prepare, or CSV with the columns id, steps.MODALITY and label.EMOTION.")
  private Path data;

  @Parameters(
      index = "1",
      paramLabel = "PREDICTIONS",
      description = "Predictions for the masks, as CSV or (.jsonl) JSON lines.")
  private Path predictions;

  @Option(
      names = "--masks",
      paramLabel = "FILE.jsonl",
      required = true,
      description = "Masks that the predictions were made with.")
  private Path masks;

  @Option(
      names = "--validation",
      paramLabel = "FILE",
      description =
          "Predictions for the validation split: condition full, and fixed for thresholds of each"
              + " set of modalities.")
  private @Nullable Path validation;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Name of the system. Defaults to the file of predictions.")
  private @Nullable String name;

  @Mixin private BenchmarkOutput output;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    List<Path> inputs =
        Stream.concat(Stream.of(data, predictions, masks), Optional.ofNullable(validation).stream())
            .toList();
    Optional<OutputFile> file = output.require(BenchmarkOutput.protecting(inputs, overwriting));
    try (BenchmarkData open = BenchmarkData.open(data)) {
      MasksFile header = MasksFile.read(masks);
      SegmentSet segments = open.split(header.split());
      if (segments.labels().isEmpty()) {
        throw new FileException(data, "has no labels to evaluate against");
      }
      BenchmarkMasks recomputed = header.of(segments);
      SystemScores scores = new SystemScores(segments.labels());
      BenchmarkResult result;
      try {
        result =
            scores.score(
                recomputed,
                PredictionFile.read(predictions, recomputed, segments.labels()),
                Optional.ofNullable(validation).map(each -> thresholds(open, scores, each)),
                open.training());
      } catch (FileException e) {
        throw e;
      } catch (MerException e) {
        throw new FileException(predictions, String.valueOf(e.getMessage()), e);
      }
      String system = name == null ? String.valueOf(predictions.getFileName()) : name;
      output.write(console, file, system, result, recomputed.modalities(), null);
    }
  }

  private static Thresholds thresholds(BenchmarkData data, SystemScores scores, Path file) {
    SegmentSet segments = data.split(Split.VALID);
    BenchmarkMasks masks = BenchmarkMasks.of(0, segments, List.of("fixed"));
    try {
      return scores.fit(
          ValidationSplit.of(segments), masks, PredictionFile.read(file, masks, segments.labels()));
    } catch (FileException e) {
      throw e;
    } catch (MerException e) {
      throw new FileException(file, String.valueOf(e.getMessage()), e);
    }
  }
}
