package dev.mer4j.data.store;

import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.synth.SyntheticMosei;
import java.nio.file.Path;

/** Writes twelve small synthetic videos. */
final class SmallFiles {
  private SmallFiles() {}

  static CsdFolder write(Path folder) {
    return SyntheticMosei.builder()
        .videos(12)
        .width(Modality.VISUAL, 20)
        .width(Modality.TEXT, 10)
        .width(Modality.AUDIO, 12)
        .seed(3)
        .build()
        .write(folder);
  }
}
