package dev.mer4j.data.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.data.label.LabelScheme.TieRule;
import org.junit.jupiter.api.Test;

final class LabelSchemeTest {
  private static final EmotionScores NONE = new EmotionScores(0, 0, 0, 0, 0, 0, 0);
  private static final EmotionScores SAD = new EmotionScores(0, 1, 2, 0, 0, 0, 0);
  private static final EmotionScores SAD_OR_ANGRY = new EmotionScores(0, 0, 2, 2, 1, 0, 0);

  @Test
  void resolvesTiesAndNoEmotionToTheFirstColumnOrExcludesThem() {
    LabelScheme first = LabelScheme.singleLabel(TieRule.FIRST_COLUMN);
    assertThat(first.targets(NONE)).hasValue(new float[] {1, 0, 0, 0, 0, 0});
    assertThat(first.targets(SAD)).hasValue(new float[] {0, 1, 0, 0, 0, 0});
    assertThat(first.targets(SAD_OR_ANGRY)).hasValue(new float[] {0, 1, 0, 0, 0, 0});
    LabelScheme excluded = LabelScheme.singleLabel(TieRule.LEAVE_OUT);
    assertThat(excluded.targets(NONE)).isEmpty();
    assertThat(excluded.targets(SAD)).hasValue(new float[] {0, 1, 0, 0, 0, 0});
    assertThat(excluded.targets(SAD_OR_ANGRY)).isEmpty();
  }

  @Test
  void noEmotionIsASeventhClassAndTiesAreExcluded() {
    LabelScheme scheme = LabelScheme.singleLabel(TieRule.NONE_CLASS);
    assertThat(scheme.classes())
        .containsExactly("happy", "sad", "anger", "surprise", "disgust", "fear", "none");
    assertThat(scheme.targets(NONE)).hasValue(new float[] {0, 0, 0, 0, 0, 0, 1});
    assertThat(scheme.targets(SAD)).hasValue(new float[] {0, 1, 0, 0, 0, 0, 0});
    assertThat(scheme.targets(SAD_OR_ANGRY)).isEmpty();
    assertThat(LabelScheme.present(NONE, 6)).isTrue();
    assertThat(LabelScheme.present(SAD, 6)).isFalse();
    assertThat(LabelScheme.present(SAD, 0)).isTrue();
  }

  @Test
  void onlyThatRuleHasASeventhClass() {
    assertThat(LabelScheme.MULTI_LABEL.classes()).hasSize(6);
    assertThat(LabelScheme.MULTI_LABEL.targets(NONE)).hasValue(new float[6]);
    assertThat(LabelScheme.singleLabel(TieRule.FIRST_COLUMN).classes()).hasSize(6);
    assertThatThrownBy(() -> new LabelScheme(Task.MULTI_LABEL, TieRule.NONE_CLASS))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("none-class requires the single-label task");
  }
}
