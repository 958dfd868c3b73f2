package dev.mer4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.ConfigException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModalityTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Attended(List<Modality> modalities, PerModality<Integer> widths) {}

  @Test
  void isItsName() {
    assertThat(Modality.of("text")).isSameAs(Modality.TEXT);
    assertThat(Modality.of("gaze"))
        .isEqualTo(Modality.of("gaze"))
        .hasSameHashCodeAs(Modality.of("gaze"))
        .isNotEqualTo(Modality.of("pose"))
        .hasToString("gaze");
  }

  @Test
  void textAudioAndVisualComeFirst() {
    assertThat(Stream.of("visual", "gaze", "audio", "eeg", "text"))
        .extracting(Modality::of)
        .satisfies(
            modalities ->
                assertThat(modalities.stream().sorted().map(Modality::key))
                    .containsExactly("text", "audio", "visual", "eeg", "gaze"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " text", "Text", "1st", "a b", "a.b", "a/b", "a+b", "a,b", "caf\u00e9", "_a"})
  void refusesOtherNames(String key) {
    assertThatThrownBy(() -> Modality.of(key))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("'" + key + "' is not a valid modality name");
  }

  @Test
  void takesNamesOfUpTo32Characters() {
    String longest = "open_face-2_ActionUnits000000000";
    assertThat(longest).hasSize(32);
    assertThat(Modality.of(longest).key()).isEqualTo(longest);
    assertThatThrownBy(() -> Modality.of(longest + "0")).isInstanceOf(ConfigException.class);
  }

  @Test
  void isItsKeyInJson() throws JsonProcessingException {
    Attended value =
        new Attended(
            List.of(Modality.of("gaze"), Modality.TEXT),
            PerModality.of(Modality.TEXT, 300, Modality.of("gaze"), 8));
    String json = "{\"modalities\":[\"gaze\",\"text\"],\"widths\":{\"text\":300,\"gaze\":8}}";
    assertThat(JSON.writeValueAsString(value)).isEqualTo(json);
    assertThat(JSON.readValue(json, Attended.class)).isEqualTo(value);
    assertThatThrownBy(() -> JSON.readValue(json.replace("gaze", "Gaze"), Attended.class))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("'Gaze' is not a valid modality name");
  }
}
