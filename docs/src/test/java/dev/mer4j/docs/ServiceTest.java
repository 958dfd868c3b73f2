package dev.mer4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example of the guide to services. */
class ServiceTest {
  @TempDir Path run;

  @Test
  void loadedModelPredictsAsTheSavedOne() {
    Map<Modality, float[][]> features =
        Map.of(Modality.TEXT, new float[][] {{1, -2, 0.5f}, {0, 3, 1}});
    Prediction expected;
    try (MultimodalModel saved =
        MultimodalModel.builder().input(Modality.TEXT, 3).hidden(4).headHidden(5).build()) {
      saved.save(run.resolve("model"), Provenance.UNKNOWN);
      expected = saved.predict(features);
    }

    // tag::service[]
    MultimodalModel model = MultimodalModel.load(run.resolve("model")); // once, at the start
    Prediction prediction = model.predict(features); // from any thread
    // end::service[]

    model.close();
    assertThat(prediction).isEqualTo(expected);
  }
}
