package example;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.train.Preset;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainingRun;
import java.nio.file.Path;

/** Trains a small model on synthetic files, saves and loads it. */
public final class Example {
  private Example() {}

  public static void main(String[] args) {
    Path data = Path.of("mosei");
    SyntheticMosei.builder()
        .videos(12)
        .durationFactor(0.2)
        .width(Modality.VISUAL, 12)
        .width(Modality.AUDIO, 16)
        .width(Modality.TEXT, 10)
        .build()
        .write(data);
    Path file = Path.of("mosei.store");
    Preparation.builder(CsdFolder.find(data))
        .folds(Folds.read(data.resolve("folds")))
        .build()
        .run(file);
    Path folder = Path.of("model");
    try (SegmentStore store = SegmentStore.open(file);
        MultimodalModel model = MultimodalModel.builder().inputs(store.widths()).build()) {
      TrainingRun run =
          Trainer.builder()
              .config(Preset.ROBUST.trainer().toBuilder().epochs(1).build())
              .checkpoints(Path.of("checkpoints"))
              .build()
              .fit(model, store.training(), store.validation());
      model.save(folder, run.provenance());
    }
    for (String backend : args) {
      try (MultimodalModel model = MultimodalModel.load(folder, backend);
          SegmentStore store = SegmentStore.open(file)) {
        int predictions = model.predict(store.test()).size();
        System.out.println("backend " + model.backend() + ": " + predictions + " predictions");
      }
    }
  }
}
