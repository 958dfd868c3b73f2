package dev.mer4j.cli;

import dev.mer4j.data.Modality;
import dev.mer4j.data.synth.SyntheticMosei;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small synthetic files, and settings for short trainings. */
final class TinyData {
  private TinyData() {}

  static Path write(Path folder) {
    SyntheticMosei.builder()
        .videos(20)
        .seed(3)
        .durationFactor(0.1)
        .width(Modality.TEXT, 12)
        .width(Modality.AUDIO, 8)
        .width(Modality.VISUAL, 14)
        .build()
        .write(folder);
    return folder;
  }

  static Path prepare(Path data, Path store) {
    Cli prepared = Cli.run("prepare", data, "--out", store);
    if (prepared.status() != 0) {
      throw new AssertionError(prepared.err());
    }
    return store;
  }

  /** Writes settings of a small model and two epochs. */
  static Path config(Path file) {
    return text(
        file,
        """
        {"model": {"hidden": 4, "headHidden": 6, "fusion": {"kind": "attention", "width": 3}},
         "training": {"epochs": 2, "checkpointEvery": 1, "seed": 5}}
        """);
  }

  static Path text(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
