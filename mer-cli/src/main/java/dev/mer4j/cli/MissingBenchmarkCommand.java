package dev.mer4j.cli;

import dev.mer4j.cli.RunOnStore.Opened;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.benchmark.BenchmarkMasks;
import dev.mer4j.eval.benchmark.BenchmarkScorer;
import dev.mer4j.eval.benchmark.Condition;
import dev.mer4j.eval.benchmark.ModelConditions;
import dev.mer4j.eval.study.TrainingOverlap;
import dev.mer4j.file.OutputFile;
import dev.mer4j.report.BenchmarkCsv;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code mer missing-benchmark} command. */
@Command(
    name = "missing-benchmark",
    description =
        "Run the missing-modality benchmark for a trained model: one table with a row per"
            + " condition.")
final class MissingBenchmarkCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private RunOnStore given;

  @Mixin private EvaluatedSplit split;

  @Mixin private ConditionOptions conditions;

  @Option(
      names = "--predictions",
      paramLabel = "FILE.csv",
      description = "Also write the predictions, as missing-score reads them.")
  private @Nullable Path predictions;

  @Mixin private BenchmarkOutput output;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    RawData data = given.isRaw() ? given.raw(console) : null;
    Optional<OutputFile> result =
        output.require(
            (path, mark) -> given.output(path, mark, data).overwriting(overwriting.isAllowed()));
    Optional<OutputFile> csv =
        Optional.ofNullable(predictions)
            .map(
                path ->
                    given
                        .output(path, BenchmarkCsv.MARK, data)
                        .overwriting(overwriting.isAllowed()));
    csv.ifPresent(OutputFile::require);
    try (Opened open = given.open(console)) {
      SegmentSet segments = Stores.split(open.store(), split.get());
      TrainingOverlap.of(open.folder().provenance(), segments)
          .flatMap(TrainingOverlap::warning)
          .ifPresent(each -> console.note("%s", each));
      BenchmarkMasks masks = conditions.masks(console, segments);
      BenchmarkScorer scorer =
          new BenchmarkScorer(
              masks, Evaluator.withPriorsFrom(open.store().split(Split.TRAIN)).training());
      StringBuilder lines = new StringBuilder(BenchmarkCsv.header(segments.labels()));
      predict(
          open.model(),
          segments,
          masks,
          (condition, predicted) -> {
            scorer.add(condition, predicted);
            if (csv.isPresent()) {
              lines.append(BenchmarkCsv.lines(condition, predicted));
            }
          });
      csv.ifPresent(file -> file.write(lines.toString()));
      String name = String.valueOf(open.folder().root().toAbsolutePath().getFileName());
      output.write(
          console,
          result,
          name,
          scorer.result(),
          masks.modalities(),
          open.folder().gradientBalance().orElse(null));
    }
  }

  private static void predict(
      MultimodalModel model,
      SegmentSet segments,
      BenchmarkMasks masks,
      BiConsumer<Condition, Predictions> receiver) {
    try (Progress progress = new Progress("benchmark", "conditions")) {
      ModelConditions.predict(
          model,
          segments,
          masks,
          (condition, predicted, done) -> {
            receiver.accept(condition, predicted);
            progress.update(done, masks.conditions().size());
          });
    }
  }
}
