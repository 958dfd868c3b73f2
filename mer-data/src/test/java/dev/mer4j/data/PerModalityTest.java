package dev.mer4j.data;

import static dev.mer4j.data.Modality.AUDIO;
import static dev.mer4j.data.Modality.TEXT;
import static dev.mer4j.data.Modality.VISUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.ConfigException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PerModalityTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PerModality<Integer> WIDTHS = PerModality.of(VISUAL, 713, TEXT, 300);

  private record Widths(PerModality<Integer> inputs) {}

  private record Columns(PerModality<List<Long>> columns) {}

  @Test
  void keepsTheOrderInWhichValuesAreGiven() {
    assertThat(WIDTHS.modalities()).containsExactly(VISUAL, TEXT);
    assertThat(WIDTHS.values()).containsExactly(713, 300);
    assertThat(WIDTHS.map(width -> width + 0.5).values()).containsExactly(713.5, 300.5);
    assertThat(WIDTHS.toMap().keySet()).containsExactly(VISUAL, TEXT);
    assertThat(WIDTHS).hasToString("{visual=713, text=300}");
    Map<Modality, Integer> called = new LinkedHashMap<>();
    WIDTHS.forEach(called::put);
    assertThat(called.keySet()).containsExactly(VISUAL, TEXT);
  }

  @Test
  void sortsValuesOfAnUnorderedMap() {
    assertThat(WIDTHS.sorted().modalities()).containsExactly(TEXT, VISUAL);
    assertThat(PerModality.of(Map.of(VISUAL, 713, AUDIO, 74, TEXT, 300)))
        .isEqualTo(PerModality.of(TEXT, 300, AUDIO, 74, VISUAL, 713));
  }

  @Test
  void findsPresentValues() {
    assertThat(WIDTHS.get(TEXT)).isEqualTo(300);
    assertThat(WIDTHS.find(TEXT)).contains(300);
    assertThat(WIDTHS.find(AUDIO)).isEmpty();
    assertThat(WIDTHS.has(VISUAL)).isTrue();
    assertThat(WIDTHS.has(AUDIO)).isFalse();
    assertThat(WIDTHS.size()).isEqualTo(2);
    assertThat(WIDTHS.isEmpty()).isFalse();
    assertThat(PerModality.of().isEmpty()).isTrue();
  }

  @Test
  void namesTheModalityThatHasNoValue() {
    assertThatThrownBy(() -> WIDTHS.get(AUDIO))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("no value for audio, only for [visual, text]");
  }

  @Test
  void withReturnsAChangedCopy() {
    assertThat(WIDTHS.with(VISUAL, 35).with(AUDIO, 74))
        .isEqualTo(PerModality.of(VISUAL, 35, TEXT, 300, AUDIO, 74));
    assertThat(WIDTHS).isEqualTo(PerModality.of(VISUAL, 713, TEXT, 300));
  }

  @Test
  void isBuiltFromFunctionsStreamsAndBuilders() {
    PerModality<String> keys = PerModality.of(List.of(AUDIO, TEXT), Modality::key);

    assertThat(keys).isEqualTo(PerModality.of(AUDIO, "audio", TEXT, "text"));
    assertThat(Stream.of(AUDIO, TEXT).collect(PerModality.collector(m -> m, Modality::key)))
        .isEqualTo(keys);
    assertThat(
            Stream.of(AUDIO, TEXT).parallel().collect(PerModality.collector(m -> m, Modality::key)))
        .isEqualTo(keys);
    assertThat(PerModality.<String>builder().put(AUDIO, "audio").put(TEXT, "text").build())
        .isEqualTo(keys);
  }

  @Test
  void equalsRequiresEqualValuesInTheSameOrder() {
    assertThat(WIDTHS)
        .isEqualTo(PerModality.of(VISUAL, 713, TEXT, 300))
        .hasSameHashCodeAs(PerModality.of(VISUAL, 713, TEXT, 300))
        .isNotEqualTo(PerModality.of(TEXT, 300, VISUAL, 713))
        .isNotEqualTo(PerModality.of(VISUAL, 713, TEXT, 301))
        .isNotEqualTo(PerModality.of(VISUAL, 713));
  }

  @Test
  @SuppressWarnings("NullAway")
  void rejectsNullsAndDuplicates() {
    assertThatThrownBy(() -> PerModality.of(TEXT, null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> PerModality.of(Collections.singletonMap(TEXT, null)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("text must not be null");
    assertThatThrownBy(() -> PerModality.of(TEXT, 1, TEXT, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("duplicate modality: text");
    assertThatThrownBy(() -> WIDTHS.with(AUDIO, null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> WIDTHS.map(width -> null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void isAnObjectOfKeysInJson() throws Exception {
    String json = "{\"inputs\":{\"text\":300,\"visual\":713}}";

    assertThat(JSON.writeValueAsString(new Widths(WIDTHS.sorted()))).isEqualTo(json);
    assertThat(JSON.readValue(json, Widths.class).inputs()).isEqualTo(WIDTHS.sorted());
    assertThat(JSON.readValue("{\"columns\":{\"audio\":[1]}}", Columns.class).columns().get(AUDIO))
        .containsExactly(1L);
    assertThat(JSON.writeValueAsString(new Widths(PerModality.of()))).isEqualTo("{\"inputs\":{}}");
  }

  @Test
  void rejectsNullsInJson() {
    assertThatThrownBy(() -> JSON.readValue("{\"inputs\":{\"text\":null}}", Widths.class))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("text must not be null");
  }
}
