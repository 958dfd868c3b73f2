package dev.mer4j.cli;

import dev.mer4j.eval.benchmark.BenchmarkMasks;
import dev.mer4j.eval.benchmark.MasksFile;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer missing-masks} command. */
@Command(
    name = "missing-masks",
    description =
        "Write the masks of the missing-modality benchmark, for any system: one line of JSON per"
            + " condition and segment.")
final class MissingMasksCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "SEGMENTS",
      description = "Store written by prepare, or CSV with the columns id and steps.MODALITY.")
  private Path data;

  @Mixin private EvaluatedSplit split;

  @Mixin private ConditionOptions conditions;

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      required = true,
      description = "Output file of JSON lines.")
  private Path out;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    OutputFile output =
        BenchmarkOutput.protecting(List.of(data), overwriting).apply(out, MasksFile.MARK);
    output.require();
    try (BenchmarkData open = BenchmarkData.open(data)) {
      BenchmarkMasks masks = conditions.masks(console, open.split(split.get()));
      MasksFile.write(output, masks, split.get());
      if (!output.isStandardOutput()) {
        console.line(
            "%d conditions of %d segments: %s",
            masks.conditions().size(), masks.segments().size(), out);
      }
    }
  }
}
