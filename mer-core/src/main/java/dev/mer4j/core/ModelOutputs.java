package dev.mer4j.core;

import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.List;

/** The files that {@link MultimodalModel#save} writes. */
public final class ModelOutputs {
  /** Recognizes a model's configuration among JSON files by its keys. */
  public static final FileMark CONFIG_MARK = ModelFile.mark(ModelFolder.Contents.class);

  /** Recognizes a model's tensor file by the tensors of the standardization. */
  public static final FileMark TENSORS_MARK = Safetensors.mark(ModelTensors.STANDARDIZATION);

  private ModelOutputs() {}

  static OutputFile tensors(Path folder) {
    return OutputFile.of(folder.resolve(ModelFolder.TENSORS), TENSORS_MARK);
  }

  /** Returns the files of a model's folder, so that they can be checked before training. */
  public static List<OutputFile> of(Path folder) {
    return List.of(
        tensors(folder),
        OutputFile.of(folder.resolve(ModelFolder.PROVENANCE), ModelFile.mark(Provenance.class)),
        OutputFile.of(folder.resolve(ModelFolder.CONFIG), CONFIG_MARK),
        ModelDigest.output(folder));
  }
}
