package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModalityDropoutTest {
  private static final int SEGMENTS = 40_000;

  /** Five standard deviations of a share of one half, where they are largest: 0.0125. */
  private static final double FIVE_SIGMA = 5 * Math.sqrt(0.25 / SEGMENTS);

  @ParameterizedTest(name = "p = {0}, present: {1}")
  @CsvSource({
    "0.3, 'text,audio,visual'",
    "0.3, 'text,visual'",
    "0.3, 'audio'",
    "0.9, 'text,audio,visual'",
    "0.1, 'audio,visual'",
    "0, 'text,audio,visual'",
    "0.3, 'text,audio,visual,gaze'",
    "0.3, 'gaze,pose'"
  })
  void dropsAtTheStatedRates(double p, String modalities) {
    ModalitySet present = ModalitySet.parse(modalities);
    Presence kept = new ModalityDropout(p).apply(batch(present, SEGMENTS), epoch(1));

    int n = present.size();
    double expected = p - Math.pow(p, n) / n;
    for (Modality modality : ModalitySet.parse("text,audio,visual,gaze,pose").toList()) {
      assertThat(share(b -> !kept.has(b, modality)))
          .as("share without %s", modality)
          .isCloseTo(present.contains(modality) ? expected : 1, within(FIVE_SIGMA));
    }
  }

  @Test
  void whatElseThereIsChangesNoDrawOfTextAudioAndVisual() {
    ModalitySet three = ModalitySet.of(Modality.MOSEI);
    Presence kept = new ModalityDropout(0.3).apply(batch(three, 1000), epoch(1));
    Presence more =
        new ModalityDropout(0.3).apply(batch(three.with(Modality.of("gaze")), 1000), epoch(1));

    for (int b = 0; b < 1000; b++) {
      ModalitySet both = more.row(b).and(three);
      boolean drawn = more.row(b).size() > 1;
      assertThat(drawn && !both.isEmpty() ? both : kept.row(b)).isEqualTo(kept.row(b));
    }
  }

  @Test
  void dropsModalitiesIndependentlyOfEachOther() {
    Presence kept =
        new ModalityDropout(0.3).apply(batch(ModalitySet.of(Modality.MOSEI), SEGMENTS), epoch(1));

    for (ModalitySet subset : ModalitySet.of(Modality.MOSEI).nonEmpty()) {
      double chance = Math.pow(0.7, subset.size()) * Math.pow(0.3, 3 - subset.size());
      double keptInsteadOfNone = subset.size() == 1 ? Math.pow(0.3, 3) / 3 : 0;
      assertThat(share(b -> kept.row(b).equals(subset)))
          .as("share with only %s", subset)
          .isCloseTo(chance + keptInsteadOfNone, within(FIVE_SIGMA));
    }
  }

  @Test
  void keepsOneModalityWhenAllWouldBeDropped() {
    Presence kept =
        new ModalityDropout(Math.nextDown(1.0))
            .apply(batch(ModalitySet.parse("text,visual"), SEGMENTS), epoch(1));

    assertThat(IntStream.range(0, SEGMENTS).mapToObj(kept::row))
        .containsOnly(ModalitySet.of(Modality.TEXT), ModalitySet.of(Modality.VISUAL));
    assertThat(share(b -> kept.has(b, Modality.TEXT))).isCloseTo(0.5, within(FIVE_SIGMA));
  }

  @Test
  void keepsASegmentWithoutModalities() {
    Presence kept = new ModalityDropout(0.3).apply(batch(ModalitySet.NONE, 100), epoch(1));

    assertThat(IntStream.range(0, 100).mapToObj(kept::row)).containsOnly(ModalitySet.NONE);
  }

  @Test
  void dropsTheSameWhateverTheBatch() {
    ModalityDropout dropout = new ModalityDropout(0.5);
    Batch batch = batch(ModalitySet.of(Modality.MOSEI), 64);
    Presence together = dropout.apply(batch, epoch(3));

    for (int b = 0; b < batch.size(); b++) {
      Batch alone = batch(List.of(batch.segments().get(b)));
      assertThat(dropout.apply(alone, epoch(3)).row(0)).isEqualTo(together.row(b));
    }
  }

  @Test
  void dropsOthersInAnotherEpoch() {
    ModalityDropout dropout = new ModalityDropout(0.5);
    Batch batch = batch(ModalitySet.of(Modality.MOSEI), 64);

    assertThat(dropout.apply(batch, epoch(2))).hasToString(dropout.apply(batch, epoch(2)) + "");
    assertThat(dropout.apply(batch, epoch(2)).toString())
        .isNotEqualTo(dropout.apply(batch, epoch(3)).toString());
  }

  @Test
  void dropsAModalityOfTheWholeBatchByZeros() {
    SegmentSet segments = Toys.segments("video", 6);
    Batch batch = Batcher.builder(segments).batchSize(6).build().epoch(1).get(0);
    int modalities = batch.sequences().size();
    int steps = 2000;
    int[] dropped = new int[modalities + 1];
    for (int step = 0; step < steps; step++) {
      Batch shown = new ModalityDropout(0.3).applyToBatch(batch, epoch(1).at(step));
      assertThat(shown.presence()).isSameAs(batch.presence());
      int zero = 0;
      for (Modality modality : batch.sequences().modalities()) {
        Sequences own = shown.sequences().get(modality);
        assertThat(own.lengths()).isEqualTo(batch.sequences().get(modality).lengths());
        if (IntStream.range(0, own.values().length).allMatch(v -> own.values()[v] == 0)) {
          zero++;
        } else {
          assertThat(own.values()).isEqualTo(batch.sequences().get(modality).values());
        }
      }
      dropped[zero]++;
    }
    for (int count = 0; count <= modalities; count++) {
      double chance =
          binomial(modalities, count) * Math.pow(0.3, count) * Math.pow(0.7, modalities - count);
      assertThat(dropped[count] / (double) steps)
          .as("%d modalities dropped", count)
          .isCloseTo(chance, within(5 * Math.sqrt(chance * (1 - chance) / steps)));
    }
  }

  private static double binomial(int n, int k) {
    return k == 0 ? 1 : binomial(n - 1, k - 1) * n / k;
  }

  @Test
  void refusesToDropModalitiesOfBatchesWithoutFeatures() {
    Batch batch =
        Batcher.builder(Toys.segments("video", 3)).build().withoutFeatures().epoch(1).get(0);
    ModalityDropout dropout = new ModalityDropout(Math.nextDown(1.0));
    SeedStream draws = epoch(1);

    assertThatThrownBy(() -> dropout.applyToBatch(batch, draws))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("use another backend");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesInvalidProbabilities(double p) {
    assertThatThrownBy(() -> new ModalityDropout(p))
        .isInstanceOf(ConfigException.class)
        .hasMessage("modality dropout must be in [0, 1): " + p);
  }

  private static SeedStream epoch(int epoch) {
    return new Seeds(7).stream("modality-dropout").at(epoch);
  }

  private static double share(IntPredicate rows) {
    return IntStream.range(0, SEGMENTS).filter(rows).count() / (double) SEGMENTS;
  }

  private static Batch batch(ModalitySet present, int size) {
    return batch(IntStream.range(0, size).mapToObj(i -> segment(present, i)).toList());
  }

  private static Batch batch(List<SegmentInfo> segments) {
    Presence presence = Presence.of(segments.stream().map(SegmentInfo::modalities).toList());
    return new Batch(segments, presence, PerModality.of(), new float[0]);
  }

  private static SegmentInfo segment(ModalitySet present, int index) {
    PerModality<Integer> steps = PerModality.of(present.toList(), modality -> 1);
    EmotionScores scores = EmotionScores.mosei(0, 0, 0, 0, 0, 0, 0);
    return new SegmentInfo(new SegmentId("-video" + index % 9, index), 0, 1, scores, steps);
  }
}
