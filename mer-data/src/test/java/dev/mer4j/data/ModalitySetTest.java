package dev.mer4j.data;

import static dev.mer4j.data.Modality.AUDIO;
import static dev.mer4j.data.Modality.TEXT;
import static dev.mer4j.data.Modality.VISUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModalitySetTest {
  private static final Modality GAZE = Modality.of("gaze");
  private static final ModalitySet FOUR = ModalitySet.of(GAZE, VISUAL, TEXT, AUDIO);

  @Test
  void hasItsMembersInTheirOrder() {
    assertThat(FOUR.toList()).containsExactly(TEXT, AUDIO, VISUAL, GAZE);
    assertThat(FOUR).hasToString("text+audio+visual+gaze");
    assertThat(ModalitySet.parse("gaze, text,gaze")).isEqualTo(ModalitySet.of(TEXT, GAZE));
    assertThat(FOUR.without(AUDIO).with(AUDIO)).isEqualTo(FOUR).hasSameHashCodeAs(FOUR);
    assertThat(FOUR.and(ModalitySet.of(GAZE, Modality.of("pose")))).isEqualTo(ModalitySet.of(GAZE));
    assertThat(FOUR.containsAll(ModalitySet.NONE)).isTrue();
    assertThat(ModalitySet.of(TEXT).containsAll(FOUR)).isFalse();
  }

  @Test
  void listsItsSubsetsTheSingleOnesFirst() {
    assertThat(ModalitySet.of(Modality.MOSEI).nonEmpty())
        .extracting(ModalitySet::toString)
        .containsExactly(
            "text",
            "audio",
            "visual",
            "text+audio",
            "text+visual",
            "audio+visual",
            "text+audio+visual");
    assertThat(FOUR.nonEmpty()).hasSize(15).doesNotHaveDuplicates().endsWith(FOUR);
    assertThat(ModalitySet.of(GAZE).nonEmpty()).containsExactly(ModalitySet.of(GAZE));
    assertThat(ModalitySet.NONE.nonEmpty()).isEmpty();
  }

  @Test
  void numbersItsSubsetsByBits() {
    List<ModalitySet> subsets = FOUR.subsets();
    assertThat(subsets).hasSize(16);
    for (int bits = 0; bits < 16; bits++) {
      assertThat(subsets.get(bits).bits(FOUR.toList())).isEqualTo(bits);
      assertThat(ModalitySet.ofBits(bits, FOUR.toList())).isEqualTo(subsets.get(bits));
    }
    assertThatThrownBy(() -> ModalitySet.ofBits(16, FOUR.toList()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("invalid modality bits: 10000");
    assertThatThrownBy(() -> FOUR.bits(Modality.MOSEI))
        .isInstanceOf(ConfigException.class)
        .hasMessage("gaze is none of the modalities text+audio+visual");
  }

  @Test
  void textAudioAndVisualHaveTheSameBitsWhereOneIsAbsent() {
    ModalitySet two = ModalitySet.of(TEXT, VISUAL);
    assertThat(two.bits(two.bitOrder())).isEqualTo(0b101);
    assertThat(two.with(GAZE).bits(two.with(GAZE).bitOrder())).isEqualTo(0b111);
    assertThat(ModalitySet.of(GAZE).bitOrder()).containsExactly(GAZE);
  }

  @Test
  void holdsAtMostEight() {
    List<Modality> nine = IntStream.range(0, 9).mapToObj(m -> Modality.of("m" + m)).toList();
    assertThat(ModalitySet.of(nine.subList(0, 8)).subsets()).hasSize(256);
    String message = "at most 8 modalities are possible, not 9: m0, m1, m2, m3, m4, m5, m6, m7, m8";
    assertThatThrownBy(() -> ModalitySet.of(nine))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> PerModality.of(nine, Modality::key))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
