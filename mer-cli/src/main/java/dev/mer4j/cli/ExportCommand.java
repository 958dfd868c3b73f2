package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelOutputs;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer export} command. */
@Command(
    name = "export",
    description =
        "Export a trained model for other programs: tensors with PyTorch's names, and the"
            + " configuration in a file of the same name that ends in .json.")
final class ExportCommand implements Runnable {
  private static final String SUFFIX = ".safetensors";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run, written by train.")
  private Path run;

  @Option(
      names = "--to",
      paramLabel = "safetensors",
      required = true,
      description = "Output format: ${COMPLETION-CANDIDATES}.")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE.safetensors",
      required = true,
      description = "Output file; an earlier export is replaced.")
  private Path out;

  @Mixin private OverwriteOption overwriting;

  /** A format that a model can be exported to. */
  enum Format {
    SAFETENSORS;

    /** Returns the name of the file in the model folder that has this format. */
    String file() {
      return "model." + this;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public void run() {
    Console console = new Console(spec);
    RunFolder folder = new RunFolder(run);
    OutputFile tensors = output(folder, out, ModelOutputs.TENSORS_MARK);
    OutputFile config =
        output(folder, console.fromOptions(() -> config(out)), ModelOutputs.CONFIG_MARK);
    tensors.require();
    config.require();
    // Loading checks the model: a corrupt one must not be exported.
    try (MultimodalModel model = folder.load()) {
      copy(folder.model().resolve(format.file()), tensors);
      copy(folder.model().resolve("config.json"), config);
      console.line(
          "%,d parameters: %s and %s", model.parameters().size(), tensors.path(), config.path());
    }
  }

  private OutputFile output(RunFolder folder, Path file, FileMark mark) {
    return folder.protectedFrom(OutputFile.of(file, mark)).overwriting(overwriting.isAllowed());
  }

  /** Returns the output file of the configuration. */
  private static Path config(Path tensors) {
    String name = tensors.getFileName().toString();
    if (!name.endsWith(SUFFIX)) {
      throw new ConfigException(
          String.format(Locale.ROOT, "--out must end in %s: %s", SUFFIX, tensors));
    }
    return tensors.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".json");
  }

  private static void copy(Path from, OutputFile to) {
    to.write(
        channel -> {
          try (FileChannel source = FileChannel.open(from)) {
            long size = source.size();
            for (long done = 0; done < size; ) {
              done += source.transferTo(done, size - done, channel);
            }
          }
        });
  }
}
