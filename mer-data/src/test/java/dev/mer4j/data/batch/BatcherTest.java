package dev.mer4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TestSegments;
import dev.mer4j.data.batch.Sequences.Layout;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BatcherTest {
  private static final SegmentList SEGMENTS = TestSegments.random(103, 1);
  private static final Standardization FITTED = Standardization.fit(SEGMENTS);

  @ParameterizedTest
  @EnumSource
  void everyRowHoldsItsStandardizedFeaturesAndZeros(Layout layout) {
    Batcher batcher =
        Batcher.builder(SEGMENTS).layout(layout).standardization(FITTED).batchSize(8).build();
    Map<SegmentId, Integer> index = new HashMap<>();
    for (int s = 0; s < SEGMENTS.size(); s++) {
      index.put(SEGMENTS.info(s).id(), s);
    }
    for (Batch batch : batcher.epoch(3)) {
      for (int b = 0; b < batch.size(); b++) {
        SegmentInfo info = batch.segments().get(b);
        assertThat(batch.presence().row(b)).isEqualTo(info.modalities());
        for (Emotion emotion : Emotion.MOSEI) {
          assertThat(batch.targets()[b * Emotion.MOSEI.size() + Emotion.MOSEI.indexOf(emotion)])
              .isEqualTo(info.scores().present(emotion) ? 1 : 0);
        }
        for (Modality modality : Modality.MOSEI) {
          checkRow(batch.sequences().get(modality), b, info, modality, index.get(info.id()));
        }
      }
    }
  }

  private static void checkRow(
      Sequences packed, int b, SegmentInfo info, Modality modality, int segment) {
    int width = packed.width();
    assertThat(packed.lengths()[b]).isEqualTo(info.steps(modality));
    float[] raw = new float[info.steps(modality) * width];
    if (info.modalities().contains(modality)) {
      SEGMENTS.read(segment, modality, raw, 0);
    }
    Standardization.Columns columns = FITTED.of(modality);
    for (int t = 0; t < packed.steps(); t++) {
      for (int d = 0; d < width; d++) {
        float found = packed.values()[packed.offset(b, t) + d];
        float expected =
            t < packed.lengths()[b]
                ? (raw[t * width + d] - (float) columns.mean()[d]) * (float) columns.scale()[d]
                : 0;
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @Test
  void withoutFeaturesOnlyTheFeaturesAreMissingAndNothingIsRead() {
    Batcher full = Batcher.builder(SEGMENTS).batchSize(8).standardization(FITTED).build();
    List<Batch> expected = full.epoch(2);
    List<Batch> bare = full.withoutFeatures().epoch(2);

    assertThat(bare).hasSameSizeAs(expected);
    long values = 0;
    for (int n = 0; n < bare.size(); n++) {
      assertThat(bare.get(n).segments()).isEqualTo(expected.get(n).segments());
      assertThat(bare.get(n).presence())
          .usingRecursiveComparison()
          .isEqualTo(expected.get(n).presence());
      assertThat(bare.get(n).targets()).isEqualTo(expected.get(n).targets());
      for (Modality modality : Modality.MOSEI) {
        Sequences with = expected.get(n).sequences().get(modality);
        Sequences without = bare.get(n).sequences().get(modality);
        assertThat(without.lengths()).isEqualTo(with.lengths());
        assertThat(without.steps()).isEqualTo(with.steps());
        assertThat(without.lackValues()).isTrue();
        assertThat(with.lackValues()).isFalse();
        values += (long) Arrays.stream(with.lengths()).sum() * with.width();
      }
    }
    assertThat(full.values()).isEqualTo(values);
  }

  @Test
  void eachModalityIsPaddedToItsOwnLongestRow() {
    for (Batch batch : Batcher.builder(SEGMENTS).batchSize(4).build().inOrder()) {
      batch
          .sequences()
          .forEach(
              (modality, packed) ->
                  assertThat(packed.steps())
                      .isEqualTo(
                          batch.segments().stream()
                              .mapToInt(s -> s.steps(modality))
                              .max()
                              .orElse(0)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everySegmentIsInAnEpochOnceAndTheLastBatchMayBeSmaller(boolean bucketed) {
    Batcher batcher = Batcher.builder(SEGMENTS).batchSize(10).bucketed(bucketed).build();
    assertThat(ids(batcher.epoch(0)))
        .hasSize(103)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ids(batcher.inOrder()));
    assertThat(batcher.epoch(0)).hasSize(batcher.batches()).hasSize(11);
    assertThat(batcher.epoch(0).stream().filter(batch -> batch.size() == 3)).hasSize(1);
  }

  @Test
  void anOrderIsAPureFunctionOfSeedAndEpoch() {
    Batcher first = Batcher.builder(SEGMENTS).seeds(new Seeds(1)).build();
    Batcher second = Batcher.builder(SEGMENTS).seeds(new Seeds(1)).build();
    Batcher other = Batcher.builder(SEGMENTS).seeds(new Seeds(2)).build();
    second.epoch(7).get(2);
    assertThat(ids(second.epoch(4))).isEqualTo(ids(first.epoch(4)));
    assertThat(ids(first.epoch(5))).isNotEqualTo(ids(first.epoch(4)));
    assertThat(ids(other.epoch(4))).isNotEqualTo(ids(first.epoch(4)));
  }

  @Test
  void largestBatchSizesGiveOneBatch() {
    for (int batchSize : new int[] {50_000_000, Integer.MAX_VALUE}) {
      Batcher batcher = Batcher.builder(SegmentList.of(List.of())).batchSize(batchSize).build();
      assertThat(batcher.batches()).isZero();
      Batcher one = Batcher.builder(SEGMENTS).batchSize(batchSize).build();
      assertThat(one.batches()).isEqualTo(1);
      assertThat(one.epoch(1)).hasSize(1);
      assertThat(one.epoch(1).get(0).size()).isEqualTo(one.segments());
    }
  }

  @Test
  void bucketingSavesPadding() {
    assertThat(padding(Batcher.builder(SEGMENTS).batchSize(8).build()))
        .isLessThan(
            padding(Batcher.builder(SEGMENTS).batchSize(8).bucketed(false).build()) * 3 / 4);
  }

  @Test
  void excludedSegmentsOccurOnlyIfIncluded() {
    LabelSet scheme = LabelSet.singleLabel(TieRule.LEAVE_OUT);
    Batcher labeled = Batcher.builder(SEGMENTS).labels(scheme).build();
    Batcher all = Batcher.builder(SEGMENTS).labels(scheme).includeUnlabeled().build();
    assertThat(labeled.segments()).isBetween(1, 102);
    assertThat(all.segments()).isEqualTo(103);
    for (Batch batch : all.inOrder()) {
      for (int b = 0; b < batch.size(); b++) {
        float sum = 0;
        for (int c = 0; c < Emotion.MOSEI.size(); c++) {
          sum += batch.targets()[b * Emotion.MOSEI.size() + c];
        }
        boolean part = scheme.targets(batch.segments().get(b).scores()).isPresent();
        assertThat(sum).isEqualTo(part ? 1 : 0);
      }
    }
  }

  @Test
  void readsOnlyTheRequestedModalities() {
    ModalitySet audio = ModalitySet.of(Modality.AUDIO);
    Batch batch = Batcher.builder(SEGMENTS).modalities(audio).build().inOrder().get(6);
    assertThat(batch.sequences().toMap()).containsOnlyKeys(Modality.AUDIO);
    for (int b = 0; b < batch.size(); b++) {
      assertThat(batch.presence().row(b))
          .isEqualTo(batch.segments().get(b).modalities().and(audio));
    }
  }

  @Test
  void batchesDoNotShareArrays() {
    List<Batch> batches = Batcher.builder(SEGMENTS).batchSize(1).build().inOrder();
    Batch batch = batches.get(50);
    float[] before = batch.sequences().get(Modality.TEXT).values().clone();
    batches.forEach(other -> {});
    assertThat(batch.sequences().get(Modality.TEXT).values()).isEqualTo(before);
  }

  @Test
  void noSegmentsGiveNoBatches() {
    Batcher batcher = Batcher.builder(SegmentList.of(List.of())).build();
    assertThat(batcher.epoch(0)).isEmpty();
    assertThat(batcher.inOrder()).isEmpty();
  }

  @Test
  void reportsEveryInvalidSetting() {
    Standardization narrow = Standardization.identity(PerModality.of(Modality.TEXT, 2));
    assertThatThrownBy(() -> Batcher.builder(SEGMENTS).batchSize(0).standardization(narrow).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("batch size must be at least 1: 0")
        .hasMessageContaining("text features have width 3, their standardization has width 2")
        .hasMessageContaining("audio features have width 4, their standardization has width 0");
  }

  @Test
  void rejectsABatchLargerThanAnArray() {
    int steps = 1 << 20;
    SegmentSet longOnes =
        new SegmentSet() {
          @Override
          public int size() {
            return 20;
          }

          @Override
          public PerModality<Integer> widths() {
            return PerModality.of(Modality.AUDIO, 74);
          }

          @Override
          public SegmentInfo info(int segment) {
            EmotionScores happy = EmotionScores.mosei(0, 1, 0, 0, 0, 0, 0);
            return new SegmentInfo(
                new SegmentId("v", segment), 0, 1, happy, PerModality.of(Modality.AUDIO, steps));
          }

          @Override
          public void read(int segment, Modality modality, float[] target, int offset) {
            throw new AssertionError("nothing is read");
          }
        };
    assertThatThrownBy(() -> Batcher.builder(longOnes).batchSize(7).build())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "a batch of 7 segments of up to 1048576 steps of 74 audio features exceeds the limit of"
                + " 536870848 values per array; use a smaller batch size, or prepare the data with fewer"
                + " steps");
    assertThat(Batcher.builder(longOnes).batchSize(6).build().batches()).isEqualTo(4);
    assertThatThrownBy(() -> BatchLimit.require(Modality.TEXT, 64, Integer.MAX_VALUE, 65536))
        .isInstanceOf(ConfigException.class);
  }

  private static List<SegmentId> ids(List<Batch> batches) {
    List<SegmentId> ids = new ArrayList<>();
    batches.forEach(batch -> batch.segments().forEach(segment -> ids.add(segment.id())));
    return ids;
  }

  private static long padding(Batcher batcher) {
    long padding = 0;
    for (Batch batch : batcher.epoch(0)) {
      for (Sequences packed : batch.sequences().values()) {
        for (int length : packed.lengths()) {
          padding += (long) (packed.steps() - length) * packed.width();
        }
      }
    }
    return padding;
  }
}
