package dev.mer4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.benchmark.BenchmarkResult;
import dev.mer4j.eval.benchmark.GradientBalance;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.internal.json.IndentedJson;
import dev.mer4j.report.BenchmarkReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the result of a benchmark. */
final class BenchmarkOutput {
  @Option(
      names = "--out",
      paramLabel = "FILE.json",
      description = "Also write the result as JSON, to this file.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print the result as one JSON document.")
  private boolean json;

  /**
   * Checks that the output can be written.
   *
   * @param file creates the output
   */
  Optional<OutputFile> require(BiFunction<Path, FileMark, OutputFile> file) {
    Optional<OutputFile> output =
        Optional.ofNullable(out).map(path -> file.apply(path, BenchmarkReport.MARK));
    output.ifPresent(OutputFile::require);
    return output;
  }

  /**
   * Prints the result, and writes it if requested.
   *
   * @param gradients the balance of the gradients in training; null if unknown
   */
  void write(
      Console console,
      Optional<OutputFile> file,
      String system,
      BenchmarkResult result,
      ModalitySet modalities,
      @Nullable GradientBalance gradients) {
    ObjectNode document = BenchmarkReport.json(system, result, modalities, gradients);
    file.ifPresent(each -> each.write(IndentedJson.of(document)));
    if (file.filter(OutputFile::isStandardOutput).isPresent()) {
      return;
    }
    if (json) {
      console.json(document);
    } else {
      console.text(BenchmarkReport.of(system, result, modalities, gradients).toText());
    }
  }

  /** Returns outputs that never replace these inputs. */
  static BiFunction<Path, FileMark, OutputFile> protecting(
      List<Path> inputs, OverwriteOption overwriting) {
    return (path, mark) ->
        OutputFile.of(path, mark).protecting(inputs).overwriting(overwriting.isAllowed());
  }
}
