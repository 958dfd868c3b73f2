package dev.mer4j.core;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Saves a small model before each test of its folder. */
abstract class SmallModelFolder {
  @TempDir Path folder;
  Path config;
  Path tensors;
  Path digest;

  @BeforeEach
  void saveModel() {
    SmallModels.save(folder, 11);
    config = folder.resolve("config.json");
    tensors = folder.resolve("model.safetensors");
    digest = folder.resolve("model.sha256");
  }
}
