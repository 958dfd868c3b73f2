package dev.mer4j.core;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Standardization;
import java.nio.file.Path;

/** Small models in folders. */
final class SmallModels {
  private SmallModels() {}

  /** Saves a model of random parameters. */
  static void save(Path folder, long seed) {
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(PerModality.of(Modality.TEXT, 5, Modality.AUDIO, 3))
            .hidden(3)
            .headHidden(4)
            .fusion(new Fusion.Attention(2))
            .seed(seed)
            .build()) {
      model.setStandardization(
          new Standardization(
              PerModality.of(
                  Modality.TEXT,
                  new Standardization.Columns(new double[5], new double[] {1, 2, 3, 4, 5}),
                  Modality.AUDIO,
                  new Standardization.Columns(new double[3], new double[] {1, 2, 3}))));
      model.save(folder, Provenance.UNKNOWN);
    }
  }
}
