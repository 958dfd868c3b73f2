package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.core.ModelOutputs;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.file.OutputFile;
import dev.mer4j.onnx.OnnxFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer import} command. */
@Command(
    name = "import",
    description =
        "Import a model as a run that evaluate and predict accept: what export wrote, or a state"
            + " dict of PyTorch with a JSON file of its sizes, modalities and labels.")
final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "File that ends in .safetensors, or in .onnx and was written by export.")
  private Path file;

  @Option(
      names = "--config",
      paramLabel = "FILE.json",
      description =
          "Configuration of a .safetensors file. Defaults to the file of the same name that ends in"
              + " .json.")
  private @Nullable Path config;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      required = true,
      description = "Folder of the run; the model of an earlier import is replaced.")
  private Path out;

  @Override
  public void run() {
    Console console = new Console(spec);
    boolean onnx = ModelFormats.isNamed(file, ModelFormats.ONNX);
    if (!onnx && !ModelFormats.isNamed(file, ModelFormats.TENSORS)) {
      throw new ParameterException(
          spec.commandLine(), "FILE must end in .safetensors or .onnx: " + file);
    }
    if (onnx && config != null) {
      throw new ParameterException(
          spec.commandLine(), "--config applies to .safetensors files; an .onnx file has its own");
    }
    Path settings = config == null && !onnx ? ModelFormats.config(file) : config;
    RunFolder folder = new RunFolder(out);
    requireWritable(folder, settings == null ? List.of(file) : List.of(file, settings));
    try (MultimodalModel model =
        settings == null ? OnnxFile.read(file) : ImportConfig.read(file, settings)) {
      model.save(folder.model(), provenance(onnx));
      console.line(
          "%,d parameters; reads %s: %s",
          model.parameters().size(), model.config().inputs().toMap(), folder.model());
    }
  }

  private static void requireWritable(RunFolder folder, List<Path> inputs) {
    if (Files.exists(folder.config())) {
      throw new FileException(
          folder.root(), "is the folder of a training run; use another folder for --out");
    }
    for (OutputFile output : ModelOutputs.of(folder.model())) {
      output.protecting(inputs).require();
    }
  }

  private Provenance provenance(boolean onnx) {
    Provenance known = onnx ? OnnxFile.provenance(file) : Provenance.UNKNOWN;
    return known.withDefault("imported", String.valueOf(file.getFileName()));
  }
}
