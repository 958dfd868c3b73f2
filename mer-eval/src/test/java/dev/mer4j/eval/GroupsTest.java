package dev.mer4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.provenance.SegmentIds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.SegmentSetBuilder;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.statistics.Uncertainty;
import dev.mer4j.eval.study.TrainingOverlap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups other than videos, and segments without labels. */
class GroupsTest {
  private static final Predictions VIDEOS = Samples.random(LabelSet.MULTI_LABEL, 70, 1, 4);

  /** Gives each segment a group, or takes its labels. */
  private static Predictions changed(int groups, int labeled) {
    List<Prediction> rows = new ArrayList<>();
    for (int s = 0; s < VIDEOS.size(); s++) {
      Prediction row = VIDEOS.rows().get(s);
      SegmentInfo own = row.segment();
      SegmentInfo info =
          new SegmentInfo(
              own.id(),
              "speaker" + s % groups,
              own.start(),
              own.end(),
              s < labeled ? own.scores() : EmotionScores.UNLABELED,
              own.steps());
      rows.add(
          new Prediction(
              info, row.available(), row.labels(), row.probabilities(), row.attention()));
    }
    return new Predictions(VIDEOS.scheme(), VIDEOS.thresholds(), rows);
  }

  @Test
  void intervalsOmitGroups() {
    assertThat(Uncertainty.of(VIDEOS).groups()).hasToString("10 videos");
    assertThat(Uncertainty.of(changed(23, 70)).groups()).hasToString("23 groups");
    assertThat(Uncertainty.of(changed(23, 7)).groups()).hasToString("7 groups");
  }

  @Test
  void evaluationSkipsAndCountsSegmentsWithoutLabels() {
    Evaluator evaluator = new Evaluator(List.of());
    Predictions some = changed(5, 60);
    Evaluation evaluation = evaluator.evaluate("test", some);

    assertThat(evaluation.segments()).isEqualTo(60);
    assertThat(evaluation.unlabeled()).isEqualTo(10);
    Predictions labeled =
        new Predictions(some.scheme(), some.thresholds(), some.rows().subList(0, 60));
    assertThat(evaluation.multiLabel()).isEqualTo(evaluator.evaluate("test", labeled).multiLabel());
    assertThatThrownBy(() -> evaluator.evaluate("test", changed(5, 0)))
        .isInstanceOf(MerException.class)
        .hasMessage("test: none of the 70 segments has labels to evaluate against");
  }

  @Test
  void theOverlapWithTrainingIsByGroup() {
    SegmentSet trained = set("trained", "speaker 1", "speaker 2");
    SegmentSet evaluated = set("evaluated", "speaker 2", "speaker 3");
    Provenance provenance = new Provenance(Map.of(), SegmentIds.of(trained), SegmentIds.NONE);

    TrainingOverlap overlap = TrainingOverlap.of(provenance, evaluated).orElseThrow();
    assertThat(overlap).isEqualTo(new TrainingOverlap(2, 0, 0, 1, false));
    assertThat(overlap.warning().orElseThrow()).contains("1 are of groups that it was trained");
  }

  private static SegmentSet set(String name, String... groups) {
    SegmentSetBuilder builder = SegmentSet.builder().labels(Emotion.HAPPY.key(), Emotion.SAD.key());
    for (int s = 0; s < groups.length; s++) {
      builder.add(name + s, groups[s], Map.of(), "happy");
    }
    return builder.build();
  }
}
