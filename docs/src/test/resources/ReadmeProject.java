import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.synth.SyntheticMosei;
import java.nio.file.Path;

/** Runs the README's program on synthetic data. */
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
    Preparation.builder(CsdFolder.find(data))
        .folds(Folds.read(data.resolve("folds")))
        .build()
        .run(Path.of("mosei.store"));
    TrainModel.main(new String[] {"mosei.store", "model"});
    try (MultimodalModel model = MultimodalModel.load(Path.of("model"))) {
      System.out.println("backend " + model.backend());
    }
  }
}
