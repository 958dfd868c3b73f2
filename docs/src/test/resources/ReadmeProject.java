import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.train.Preset;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.TrainingRun;
import java.nio.file.Path;

/** The README's code, on synthetic data. */
public class ReadmeProject {
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
    Path storeFile = Path.of("mosei.store");
    Preparation.builder(CsdFolder.find(data))
        .folds(Folds.read(data.resolve("folds")))
        .build()
        .run(storeFile);
    TrainerConfig config = Preset.ROBUST.trainer().toBuilder().epochs(2).build();
    Path modelFolder = Path.of("model");
    // README
    try (MultimodalModel model = MultimodalModel.load(modelFolder)) {
      System.out.println("backend " + model.backend());
    }
  }
}
