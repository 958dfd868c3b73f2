package dev.mer4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.ToyModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ModelMeanTest {
  private static final SegmentSet SEGMENTS = ToyModels.planted(30, 0.3, "s", 2);

  private final MultimodalModel text = model(Modality.TEXT);
  private final MultimodalModel audio = model(Modality.AUDIO);
  private final ModelMean mean =
      new ModelMean(PerModality.of(Modality.TEXT, text, Modality.AUDIO, audio));

  @AfterEach
  void close() {
    text.close();
    audio.close();
  }

  @Test
  void averagesTheModelsOfTheAvailableModalities() {
    Predictor.Prepared prepared = mean.prepare(SEGMENTS);
    Predictions both = prepared.predict(prepared.presence());
    Predictions ofText = text.predict(SEGMENTS);
    Predictions ofAudio = audio.predict(SEGMENTS);

    assertThat(mean.inputs()).isEqualTo(ModalitySet.of(Modality.TEXT, Modality.AUDIO));
    for (int s = 0; s < SEGMENTS.size(); s++) {
      boolean hasText = SEGMENTS.info(s).modalities().contains(Modality.TEXT);
      boolean hasAudio = SEGMENTS.info(s).modalities().contains(Modality.AUDIO);
      for (int c = 0; c < 6; c++) {
        double one = ofText.rows().get(s).probabilities().get(c);
        double other = ofAudio.rows().get(s).probabilities().get(c);
        // Without either modality, both models predict from no input.
        double expected = hasText == hasAudio ? (one + other) / 2 : hasText ? one : other;
        assertThat(both.rows().get(s).probabilities().get(c)).isCloseTo(expected, within(1e-12));
      }
    }
    assertThat(both.rows()).extracting(row -> row.available().size()).contains(0, 1, 2);
  }

  @Test
  void aSegmentWhoseModalitiesAreRemovedIsPredictedFromNoInput() {
    Predictor.Prepared prepared = mean.prepare(SEGMENTS);
    Predictions none = prepared.predict(prepared.presence().and(ModalitySet.NONE));

    assertThat(none.rows())
        .extracting(row -> row.probabilities().get(0))
        .allMatch(p -> p.equals(none.rows().get(0).probabilities().get(0)));
  }

  @Test
  void refusesModelsOfOtherModalities() {
    assertThatThrownBy(() -> new ModelMean(PerModality.of(Modality.VISUAL, text)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("the model of visual reads text");
    assertThatThrownBy(() -> new ModelMean(PerModality.of())).isInstanceOf(ConfigException.class);
  }

  private static MultimodalModel model(Modality modality) {
    return ToyModels.small(
            Fusion.concatenation(), PerModality.of(modality, ToyModels.WIDTHS.get(modality)))
        .build();
  }
}
