package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/**
 * A small run on small data.
 *
 * @param store the store that it was trained on
 * @param config the file of its settings
 * @param run its folder
 */
record TinyRun(Path store, Path config, Path run) {
  static final String TENSORS = "model/model.safetensors";

  static TinyRun train(Path folder) {
    Path store = TinyData.prepare(TinyData.write(folder.resolve("data")), folder.resolve("store"));
    Path config = TinyData.config(folder.resolve("tiny.json"));
    Path run = folder.resolve("run");
    Cli trained = Cli.run("train", store, "--out", run, "--config", config);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("epoch   2/2").contains("best: epoch");
    return new TinyRun(store, config, run);
  }
}
