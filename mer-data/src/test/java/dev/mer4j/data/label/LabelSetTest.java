package dev.mer4j.data.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LabelSetTest {
  private static final EmotionScores NONE = EmotionScores.mosei(0, 0, 0, 0, 0, 0, 0);
  private static final EmotionScores SAD = EmotionScores.mosei(0, 1, 2, 0, 0, 0, 0);
  private static final EmotionScores SAD_OR_ANGRY = EmotionScores.mosei(0, 0, 2, 2, 1, 0, 0);

  @Test
  void resolvesTiesAndNoEmotionToTheFirstColumnOrExcludesThem() {
    LabelSet first = LabelSet.singleLabel(TieRule.FIRST_COLUMN);
    assertThat(first.targets(NONE)).hasValue(new float[] {1, 0, 0, 0, 0, 0});
    assertThat(first.targets(SAD)).hasValue(new float[] {0, 1, 0, 0, 0, 0});
    assertThat(first.targets(SAD_OR_ANGRY)).hasValue(new float[] {0, 1, 0, 0, 0, 0});
    LabelSet leftOut = LabelSet.singleLabel(TieRule.LEAVE_OUT);
    assertThat(leftOut.targets(NONE)).isEmpty();
    assertThat(leftOut.targets(SAD)).hasValue(new float[] {0, 1, 0, 0, 0, 0});
    assertThat(leftOut.targets(SAD_OR_ANGRY)).isEmpty();
  }

  @Test
  void noEmotionIsASeventhClassAndTiesAreExcluded() {
    LabelSet scheme = LabelSet.singleLabel(TieRule.NONE_CLASS);
    assertThat(scheme.classes())
        .containsExactly("happy", "sad", "anger", "surprise", "disgust", "fear", "none");
    assertThat(scheme.targets(NONE)).hasValue(new float[] {0, 0, 0, 0, 0, 0, 1});
    assertThat(scheme.targets(SAD)).hasValue(new float[] {0, 1, 0, 0, 0, 0, 0});
    assertThat(scheme.targets(SAD_OR_ANGRY)).isEmpty();
    assertThat(LabelSet.singleLabel(TieRule.NONE_CLASS).present(NONE, 6)).isTrue();
    assertThat(LabelSet.singleLabel(TieRule.NONE_CLASS).present(SAD, 6)).isFalse();
    assertThat(LabelSet.singleLabel(TieRule.NONE_CLASS).present(SAD, 0)).isTrue();
  }

  @Test
  void onlyThatRuleHasASeventhClass() {
    assertThat(LabelSet.MULTI_LABEL.classes()).hasSize(6);
    assertThat(LabelSet.MULTI_LABEL.targets(NONE)).hasValue(new float[6]);
    assertThat(LabelSet.singleLabel(TieRule.FIRST_COLUMN).classes()).hasSize(6);
    assertThatThrownBy(() -> new LabelSet(Task.MULTI_LABEL, TieRule.NONE_CLASS))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("none-class requires the single-label task");
  }

  @Test
  void takesAnyLabels() {
    List<Emotion> labels = Emotion.listOf("neutral", "joy", "anger");
    LabelSet several = LabelSet.multiLabel(labels).withThreshold(0.5f);
    LabelSet one = LabelSet.singleLabel(labels, TieRule.NONE_CLASS);
    EmotionScores scores = EmotionScores.of(labels, 0.5f, 1, 0);

    assertThat(several.targets(scores)).hasValue(new float[] {0, 1, 0});
    assertThat(one.classes()).containsExactly("neutral", "joy", "anger", "none");
    assertThat(one.targets(scores)).hasValue(new float[] {0, 1, 0, 0});
    assertThat(one.targets(EmotionScores.of(labels, 0, 0, 0))).hasValue(new float[] {0, 0, 0, 1});
    assertThat(several.withLabels(Emotion.MOSEI).withThreshold(0)).isEqualTo(LabelSet.MULTI_LABEL);
  }

  @Test
  void aSegmentWithoutLabelsIsNotPartOfAnyTask() {
    for (TieRule ties : TieRule.values()) {
      assertThat(LabelSet.singleLabel(ties).targets(EmotionScores.UNLABELED)).isEmpty();
    }
    assertThat(LabelSet.MULTI_LABEL.targets(EmotionScores.UNLABELED)).isEmpty();
    assertThat(LabelSet.MULTI_LABEL.none(EmotionScores.UNLABELED)).isFalse();
    assertThat(EmotionScores.UNLABELED.none()).isFalse();
  }

  @Test
  void namesBothListsWhereTheLabelsDiffer() {
    EmotionScores scores = EmotionScores.of(Emotion.listOf("neutral", "joy"), 1, 0);
    assertThatThrownBy(() -> LabelSet.MULTI_LABEL.targets(scores))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "the model's labels are [happy, sad, anger, surprise, disgust, fear], the data's are"
                + " [neutral, joy]");
  }

  @Test
  void refusesTooFewTooManyAndTheSameLabels() {
    assertThatThrownBy(() -> LabelSet.multiLabel(Emotion.listOf("joy")))
        .hasMessageContaining("expected 2 to 64 labels, found 1");
    assertThatThrownBy(() -> LabelSet.multiLabel(Emotion.listOf("joy", "joy")))
        .hasMessageContaining("label 'joy' occurs twice");
    List<Emotion> many = IntStream.range(0, 65).mapToObj(c -> Emotion.of("l" + c)).toList();
    assertThatThrownBy(() -> LabelSet.multiLabel(many)).hasMessageContaining("found 65");
    assertThat(LabelSet.multiLabel(many.subList(0, 64)).classCount()).isEqualTo(64);
    assertThatThrownBy(
            () -> LabelSet.singleLabel(Emotion.listOf("joy", "none"), TieRule.NONE_CLASS))
        .hasMessageContaining("no label may be called 'none'");
    assertThatThrownBy(() -> Emotion.of(" joy")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> Emotion.of("a\nb")).isInstanceOf(ConfigException.class);
  }

  @Test
  void readsJsonWithoutLabelsAsMoseis() throws IOException {
    ObjectMapper json = new ObjectMapper();
    String old = "{\"task\":\"multi_label\",\"ties\":\"leave_out\"}";
    assertThat(json.readValue(old, LabelSet.class)).isEqualTo(LabelSet.MULTI_LABEL);
    LabelSet own =
        LabelSet.singleLabel(Emotion.listOf("neutral", "joy"), TieRule.FIRST_COLUMN)
            .withThreshold(0.5f);
    String written = json.writeValueAsString(own);
    assertThat(written)
        .isEqualTo(
            "{\"labels\":[\"neutral\",\"joy\"],\"task\":\"single_label\",\"threshold\":0.5,"
                + "\"ties\":\"first_column\"}");
    assertThat(json.readValue(written, LabelSet.class)).isEqualTo(own);
  }
}
