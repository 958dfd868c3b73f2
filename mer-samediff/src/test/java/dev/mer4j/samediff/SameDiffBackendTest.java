package dev.mer4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameDiffBackendTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(40, 12, 1);

  @Test
  void refusesHiddenSizeOneAndNamesOtherBackends() {
    ModelBuilder one = MultimodalModel.builder().input(Modality.TEXT, 3).hidden(1);
    assertThatThrownBy(() -> one.backend("samediff").build())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "backend 'samediff' does not support this model: ND4J's lstmLayer crashes the JVM at hidden size"
                + " 1; change this setting or choose one of the backends: ")
        .hasMessageContaining("native");
  }

  /** The tolerance allows for single precision over at most 12 steps. */
  @Test
  void modelOfAnotherBackendGivesTheSamePredictions(@TempDir Path folder) {
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(RandomSegments.WIDTHS)
            .hidden(4)
            .headHidden(7)
            .fusion(Fusion.attention())
            .labels(LabelSet.singleLabel(TieRule.NONE_CLASS))
            .backend("native")
            .build()) {
      model.save(folder, Provenance.UNKNOWN);
      List<Prediction> expected = model.predict(SEGMENTS).rows();
      try (MultimodalModel loaded = MultimodalModel.load(folder, "samediff")) {
        assertThat(loaded.backend()).isEqualTo("samediff");
        List<Prediction> rows = loaded.predict(SEGMENTS).rows();
        for (int s = 0; s < rows.size(); s++) {
          for (int c = 0; c < 7; c++) {
            assertThat(rows.get(s).probabilities().get(c))
                .isCloseTo(expected.get(s).probabilities().get(c), within(1e-6));
          }
        }
      }
    }
  }
}
