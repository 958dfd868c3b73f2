package dev.mer4j.cli;

import dev.mer4j.MerException;
import dev.mer4j.core.ModelOutputs;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.onnx.OnnxFile;
import dev.mer4j.onnx.OnnxVerification;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer export} command. */
@Command(
    name = "export",
    description =
        "Export a trained model for other programs. safetensors: tensors with PyTorch's names, and"
            + " the configuration in a file of the same name that ends in .json. onnx: the whole"
            + " model in one file, with standardization, thresholds and provenance.")
final class ExportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run, written by train.")
  private Path run;

  @Option(
      names = "--to",
      paramLabel = "safetensors|onnx",
      required = true,
      description = "Output format: ${COMPLETION-CANDIDATES}.")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "Output file, which ends in .safetensors or .onnx; an earlier export is replaced.")
  private Path out;

  @Option(
      names = "--verify",
      description =
          "Run the ONNX file with ONNX Runtime on random segments, compare the results with"
              + " predict's, and write nothing if they differ. Requires"
              + " com.microsoft.onnxruntime:onnxruntime, for example in MER_CLASSPATH.")
  private boolean verify;

  @Mixin private OverwriteOption overwriting;

  /** A format that a model can be exported to. */
  enum Format {
    SAFETENSORS,
    ONNX;

    /** Returns the end of the names of files in this format. */
    String suffix() {
      return "." + this;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public void run() {
    Console console = new Console(spec);
    console.fromOptions(() -> ModelFormats.requireSuffix("--out", out, format.suffix()));
    if (verify && format != Format.ONNX) {
      throw new ParameterException(spec.commandLine(), "--verify requires --to onnx");
    }
    if (format == Format.ONNX) {
      exportOnnx(console);
    } else {
      exportTensors(console);
    }
  }

  private void exportTensors(Console console) {
    RunFolder folder = new RunFolder(run);
    OutputFile tensors = output(folder, out, ModelOutputs.TENSORS_MARK);
    OutputFile config = output(folder, ModelFormats.config(out), ModelOutputs.CONFIG_MARK);
    tensors.require();
    config.require();
    // Loading checks the model: a corrupt one must not be exported.
    try (MultimodalModel model = folder.load()) {
      copy(folder.model().resolve("model.safetensors"), tensors);
      copy(folder.model().resolve("config.json"), config);
      console.line(
          "%,d parameters: %s and %s", model.parameters().size(), tensors.path(), config.path());
    }
  }

  private void exportOnnx(Console console) {
    RunFolder folder = new RunFolder(run);
    OutputFile file = output(folder, out, OnnxFile.MARK);
    file.require();
    if (verify) {
      OnnxVerification.requireRuntime();
    }
    try (MultimodalModel model = folder.load()) {
      String verified = verify ? verified(model) : "";
      OnnxFile.write(model, folder.provenance(), file);
      console.line("%,d parameters: %s", model.parameters().size(), file.path());
      if (verify) {
        console.line("%s", verified);
      }
    }
  }

  /**
   * Verifies a temporary file of the model.
   *
   * @throws MerException if it differs from the model; nothing is exported then
   */
  private static String verified(MultimodalModel model) {
    OnnxVerification result;
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      Path file = temporary.path().resolve("model.onnx");
      OnnxFile.write(model, file);
      result = OnnxVerification.of(file, model);
    }
    String differences =
        String.format(
            Locale.ROOT,
            "%d random segments by ONNX Runtime: largest difference %.1e, %d different decisions",
            result.segments(),
            result.largestDifference(),
            result.differentDecisions());
    if (!result.isPassed()) {
      throw new MerException(differences + "; the file would not compute the model");
    }
    return differences;
  }

  private OutputFile output(RunFolder folder, Path file, FileMark mark) {
    return folder.protectedFrom(OutputFile.of(file, mark)).overwriting(overwriting.isAllowed());
  }

  private static void copy(Path from, OutputFile to) {
    to.write(
        channel -> {
          try (FileChannel source = FileChannel.open(from)) {
            copy(source, source.size(), channel);
          } catch (EOFException e) {
            throw new IOException(from + " became shorter while it was copied", e);
          }
        });
  }

  /**
   * Appends the first bytes of a file to another one.
   *
   * @throws EOFException if it has fewer
   */
  static void copy(FileChannel source, long count, FileChannel target) throws IOException {
    long done = 0;
    while (done < count) {
      long moved = source.transferTo(done, count - done, target);
      if (moved == 0) {
        throw new EOFException();
      }
      done += moved;
    }
  }
}
