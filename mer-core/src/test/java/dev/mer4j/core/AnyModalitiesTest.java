package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of other modalities than those of CMU-MOSEI. */
class AnyModalitiesTest {
  private static final String EIGHT = "text,audio,visual,eeg,gaze,pose,pulse,skin";

  @ParameterizedTest
  @ValueSource(
      strings = {"gaze", "text,gaze", "text,audio,visual,gaze", "gaze,engine,focus", EIGHT})
  void aLoadedModelPredictsTheSame(String modalities, @TempDir Path folder) throws IOException {
    SegmentSet segments = segments(modalities);
    try (MultimodalModel model = model(modalities)) {
      model.save(folder.resolve("model"), Provenance.UNKNOWN);
      try (MultimodalModel loaded =
          MultimodalModel.load(folder.resolve("model"), model.backend())) {
        assertThat(loaded.config()).isEqualTo(model.config());
        assertThat(loaded.predict(segments).rows()).isEqualTo(model.predict(segments).rows());
      }
      assertThat(Files.readString(folder.resolve("model/config.json"))).contains("\"gaze\"");
      assertThat(model.parameters().view("encoders.gaze.weight_ih_l0").shape().get(1))
          .isEqualTo(model.config().inputs().get(Modality.of("gaze")));
      assertThat(model.parameters().views())
          .anyMatch(view -> view.name().equals("attention.gaze.weight"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaze", "text,gaze", "text,audio,visual,gaze"})
  void oneEncodingServesEverySetOfModalities(String modalities) {
    SegmentSet segments = segments(modalities);
    try (MultimodalModel model = model(modalities)) {
      Encodings encodings = model.encode(segments);
      for (ModalitySet available : ModalitySet.parse(modalities).subsets()) {
        List<Prediction> direct = model.predict(segments, available).rows();
        List<Prediction> again = model.predict(encodings, available).rows();
        for (int i = 0; i < direct.size(); i++) {
          assertThat(again.get(i).available()).isEqualTo(direct.get(i).available());
          assertThat(again.get(i).attention().modalities())
              .isEqualTo(again.get(i).available().toList());
          for (int c = 0; c < 6; c++) {
            assertThat(again.get(i).probabilities().get(c))
                .isCloseTo(direct.get(i).probabilities().get(c), within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void refusesANinthModality() {
    assertThatThrownBy(() -> model(EIGHT + ",temperature"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("at most 8 modalities are possible, not 9: text, audio, visual, ");
    ModelBuilder eight = MultimodalModel.builder().inputs(RandomSegments.widths(EIGHT));
    assertThatThrownBy(() -> eight.input(Modality.of("temperature"), 3))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("at most 8 modalities are possible, not 9: ");
  }

  @Test
  void refusesTheNameOfAttentionsOwnScore() {
    assertThatThrownBy(() -> model("text,score"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("attention cannot join a modality named score");
  }

  @Test
  void namesWhatTheModelAndTheSegmentsHave() {
    try (MultimodalModel model = model("text,gaze")) {
      assertThatThrownBy(() -> model.predict(segments("audio,pose")))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "nothing to predict from: the model reads text+gaze, the segments have audio+pose");
      assertThatThrownBy(
              () -> model.predict(segments("text,gaze"), ModalitySet.of(Modality.of("pose"))))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "nothing to predict from: the model reads text+gaze, the segments have text+gaze,"
                  + " and only pose is available");
      assertThatThrownBy(() -> model.predict(segments("gaze,pose")))
          .isInstanceOf(ConfigException.class)
          .hasMessage("the model reads 4 gaze features, the data has 3");
    }
  }

  private static SegmentSet segments(String modalities) {
    return RandomSegments.of(RandomSegments.widths(modalities), "v", 40, 6, 2);
  }

  private static MultimodalModel model(String modalities) {
    return MultimodalModel.builder()
        .inputs(RandomSegments.widths(modalities))
        .hidden(5)
        .headHidden(7)
        .fusion(Fusion.attention())
        .seed(11)
        .build();
  }
}
