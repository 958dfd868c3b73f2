package dev.mer4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SegmentSetBuilderTest {
  private static final float[][] TEXT = {{1, 2}, {3, 4}, {5, Float.NaN}};

  private static SegmentSetBuilder builder() {
    return SegmentSet.builder().modality(Modality.TEXT, 2).labels("neutral", "joy", "anger");
  }

  @Test
  void keepsIdsGroupsLabelsAndFeatures() {
    SegmentSet set =
        builder()
            .modality(Modality.AUDIO, 5)
            .add("u1", "dialogue", Map.of(Modality.TEXT, TEXT), "joy")
            .add("u2", "dialogue", Map.of(), List.of("joy", "anger"))
            .add("u3", "other", Map.of(Modality.TEXT, TEXT))
            .build();

    assertThat(set.labels()).isEqualTo(Emotion.listOf("neutral", "joy", "anger"));
    assertThat(set.widths().toMap()).isEqualTo(Map.of(Modality.TEXT, 2, Modality.AUDIO, 5));
    assertThat(set.info(0).id()).isEqualTo(new SegmentId("u1", 0));
    assertThat(set.info(0).group()).isEqualTo("dialogue");
    assertThat(set.info(0).scores()).isEqualTo(EmotionScores.of(set.labels(), 0, 1, 0));
    assertThat(set.info(1).scores()).isEqualTo(EmotionScores.of(set.labels(), 0, 1, 1));
    assertThat(set.info(1).modalities().isEmpty()).isTrue();
    assertThat(set.info(2).scores().isLabeled()).isFalse();
    assertThat(set.features(0, Modality.TEXT).values()).containsExactly(1, 2, 3, 4, 5, Float.NaN);
  }

  @Test
  void givesTheLabeledSegmentsAlone() {
    SegmentSet set =
        builder()
            .add("u1", "a", Map.of())
            .add("u2", "b", Map.of(Modality.TEXT, TEXT), "joy")
            .build();

    SegmentSet labeled = set.labeled();

    assertThat(labeled.size()).isOne();
    assertThat(labeled.info(0).id().video()).isEqualTo("u2");
    assertThat(labeled.labels()).isEqualTo(set.labels());
    assertThat(labeled.features(0, Modality.TEXT).steps()).isEqualTo(3);
    assertThat(labeled.labeled()).isSameAs(labeled);
  }

  @Test
  void refusesWhatDoesNotFit() {
    refuses(
        () -> builder().add("u1", "a", Map.of(Modality.TEXT, new float[][] {{1, 2}, {1, 2, 3}})),
        "u1: text row 1 has 3 features, expected 2");
    refuses(
        () -> builder().add("u1", "a", Map.of(Modality.TEXT, new float[0][])),
        "u1: no text rows; a modality that is absent is not given");
    refuses(
        () -> builder().add("u1", "a", Map.of(Modality.AUDIO, TEXT)),
        "u1: the data set has no modality audio; add it with modality(...)");
    refuses(
        () -> builder().add("u1", "a", Map.of(), "sad"),
        "u1: no label 'sad' among [neutral, joy, anger]");
    refuses(
        () -> builder().add("u1", "a", Map.of()).add("u1", "b", Map.of()),
        "two segments have the id 'u1'");
    refuses(
        () -> SegmentSet.builder().labels("joy", "joy"), "scores need distinct labels: [joy, joy]");
    refuses(
        () -> builder().add("u1", "a", Map.of()).labels("joy", "sad"),
        "set the labels before the first segment");
    refuses(
        () -> builder().add("u1", "a", Map.of(), EmotionScores.builder().build()),
        "u1: its labels are [happy, sad, anger, surprise, disgust, fear], the data set's are"
            + " [neutral, joy, anger]");
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ConfigException.class).hasMessage(message);
  }
}
