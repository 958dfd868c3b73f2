package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.core.ModelOutputs;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.OutputFolder;
import dev.mer4j.file.WholeFile;
import dev.mer4j.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      OutputFolder.of(folder.model()).write(contents(model, provenance(onnx)));
      console.line(
          "%,d parameters; reads %s: %s",
          model.parameters().size(), model.config().inputs().toMap(), folder.model());
    }
  }

  /**
   * Checks that the model is new, or an earlier import that is not the input.
   *
   * @throws FileException if it is not, or cannot be written
   */
  private static void requireWritable(RunFolder folder, List<Path> inputs) {
    if (Files.exists(folder.config())) {
      throw new FileException(
          folder.root(), "is the folder of a training run; use another folder for --out");
    }
    List<String> names = new ArrayList<>();
    for (OutputFile output : ModelOutputs.of(folder.model())) {
      output.protecting(inputs).require();
      names.add(String.valueOf(output.path().getFileName()));
    }
    OutputFolder.of(folder.model()).require(names);
  }

  /** Returns the files of a model's folder by name. */
  private static Map<String, byte[]> contents(MultimodalModel model, Provenance provenance) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      model.save(temporary.path(), provenance);
      for (Path file : temporary.files()) {
        contents.put(String.valueOf(file.getFileName()), WholeFile.bytes(file));
      }
    } catch (IOException e) {
      throw new FileException(
          Path.of(System.getProperty("java.io.tmpdir", ".")),
          "cannot be read: " + IoReason.of(e),
          e);
    }
    return contents;
  }

  private Provenance provenance(boolean onnx) {
    Provenance known = onnx ? OnnxFile.provenance(file) : Provenance.UNKNOWN;
    return known.withDefault("imported", String.valueOf(file.getFileName()));
  }
}
