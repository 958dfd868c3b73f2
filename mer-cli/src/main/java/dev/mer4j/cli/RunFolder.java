package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.core.MultimodalModel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What lies where in the folder of one training run. */
record RunFolder(Path root) {
  Path model() {
    return root.resolve("model");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Path history() {
    return root.resolve("history.csv");
  }

  Path historyLines() {
    return root.resolve("history.jsonl");
  }

  Path steps() {
    return root.resolve("steps.jsonl");
  }

  Path config() {
    return root.resolve("config.json");
  }

  Path report() {
    return root.resolve("report");
  }

  /**
   * Reads the trained model.
   *
   * @throws FileException if there is none
   */
  MultimodalModel load() {
    if (!Files.isDirectory(model())) {
      throw new FileException(
          root, "has no trained model; give the folder that training wrote to, once it is done");
    }
    return MultimodalModel.load(model());
  }
}
