package dev.mer4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdLayout;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FamilyDataTest {
  private static final ModalitySet ALL = ModalitySet.of(Modality.MOSEI);
  private static final ModalitySet TEXT = ModalitySet.of(Modality.TEXT);
  private static final ModalitySet VISUAL = ModalitySet.of(Modality.VISUAL);
  private static final int VIDEOS = 200;

  /** A normal deviate is beyond this once in 16,000. */
  private static final double DEVIATIONS = 4;

  @ParameterizedTest
  @EnumSource
  void labelsHaveTheFrequenciesOfMosei(Family family) {
    SegmentSet segments = FamilyData.generate(family, 1, VIDEOS).split(Split.TRAIN);
    assertThat(segments.size()).isEqualTo(VIDEOS / 2 * FamilyData.SEGMENTS_PER_VIDEO);
    for (int c = 0; c < LabelPrior.FREQUENCIES.length; c++) {
      double frequency = LabelPrior.FREQUENCIES[c];
      double error = Math.sqrt(frequency * (1 - frequency) / segments.size());
      int emotion = c;
      assertThat(mean(values(segments, s -> label(segments, s, emotion))))
          .isCloseTo(frequency, within(DEVIATIONS * error));
    }
  }

  @Test
  void angerAndDisgustOccurTogetherAndHappinessWithoutThem() {
    SegmentSet segments = FamilyData.generate(Family.EQUAL, 1, 2 * VIDEOS).split(Split.TRAIN);
    double bound = DEVIATIONS / Math.sqrt(segments.size());
    assertThat(correlation(segments, s -> label(segments, s, 2), s -> label(segments, s, 4)))
        .isGreaterThan(bound);
    assertThat(correlation(segments, s -> label(segments, s, 0), s -> label(segments, s, 4)))
        .isLessThan(-bound);
  }

  /** Among segments with probability p, the share p has the emotion, for any available set. */
  @ParameterizedTest
  @EnumSource
  void posteriorsAreCalibrated(Family family) {
    FamilyData data = FamilyData.generate(family, 2, VIDEOS);
    SegmentSet segments = data.split(Split.TRAIN);
    double[] above = {0, 0.3, 0.7};
    for (ModalitySet available : ALL.subsets()) {
      double[] difference = new double[above.length];
      double[] variance = new double[above.length];
      for (int s = 0; s < segments.size(); s++) {
        List<Double> posterior = data.posterior(segments.info(s).id(), available);
        for (int i = 0; i < above.length; i++) {
          double own = 0;
          for (int c = 0; c < posterior.size(); c++) {
            double p = posterior.get(c);
            own += p >= above[i] ? label(segments, s, c) - p : 0;
          }
          difference[i] += own;
          variance[i] += own * own;
        }
      }
      for (int i = 0; i < above.length; i++) {
        assertThat(Math.abs(difference[i]))
            .as("%s, %s, p at least %s", family, available, above[i])
            .isLessThanOrEqualTo(1 + DEVIATIONS * Math.sqrt(variance[i]));
      }
    }
  }

  @Test
  void aSingleModalityOfAnInteractionHasNoInformation() {
    FamilyData data = FamilyData.generate(Family.INTERACTION, 3, VIDEOS);
    SegmentSet segments = data.split(Split.TRAIN);
    for (Modality modality : Modality.MOSEI) {
      assertThat(data.posterior(segments.info(0).id(), ModalitySet.of(modality)))
          .isEqualTo(data.posterior(segments.info(0).id(), ModalitySet.NONE));
      assertThat(largestCorrelation(segments, modality, FamilyDataTest::columnMean)).isLessThan(5);
    }
    assertThat(posteriorCorrelation(data, ALL, 0)).isGreaterThan(0.4);
  }

  @Test
  void oneModalityOfASplitSufficesForItsEmotions() {
    FamilyData data = FamilyData.generate(Family.SPLIT, 3, VIDEOS);
    for (int c = 0; c < Emotion.MOSEI.size(); c++) {
      ModalitySet own = ModalitySet.of(Modality.MOSEI.get(c % 3));
      ModalitySet others = own.contains(Modality.TEXT) ? VISUAL : TEXT;
      assertThat(posteriorCorrelation(data, own, c))
          .isCloseTo(posteriorCorrelation(data, ALL, c), within(0.1))
          .isGreaterThan(posteriorCorrelation(data, others, c) + 0.3);
    }
  }

  @Test
  void redundantModalitiesAreInterchangeable() {
    FamilyData data = FamilyData.generate(Family.REDUNDANT, 3, 10);
    SegmentId segment = data.split(Split.TEST).info(0).id();
    for (ModalitySet available : ALL.nonEmpty()) {
      assertThat(data.posterior(segment, available)).isEqualTo(data.posterior(segment, ALL));
    }
  }

  @Test
  void theUselessModalityIsIndependentOfTheLabels() {
    FamilyData data = FamilyData.generate(Family.USELESS, 3, VIDEOS);
    SegmentSet segments = data.split(Split.TRAIN);
    SegmentId segment = segments.info(0).id();
    assertThat(data.posterior(segment, VISUAL))
        .isEqualTo(data.posterior(segment, ModalitySet.NONE));
    assertThat(largestCorrelation(segments, Modality.VISUAL, FamilyDataTest::columnMean))
        .isLessThan(5);
    assertThat(largestCorrelation(segments, Modality.TEXT, FamilyDataTest::columnMean))
        .isGreaterThan(7);
  }

  /** The last columns of the evidence are those of the cue. */
  @Test
  void reliabilityIsVisibleInTheFeatures() {
    FamilyData data = FamilyData.generate(Family.HETEROGENEOUS, 3, VIDEOS);
    SegmentSet segments = data.split(Split.TRAIN);
    for (Modality modality : Modality.MOSEI) {
      ModalitySet only = ModalitySet.of(modality);
      List<Double> nothing = data.posterior(segments.info(0).id(), ModalitySet.NONE);
      IntToDoubleFunction reliable =
          s -> data.posterior(segments.info(s).id(), only).equals(nothing) ? 0 : 1;
      double[] shown = IntStream.range(0, segments.size()).mapToDouble(reliable).toArray();
      double largest = 0;
      for (int d = 0; d < segments.widths().get(modality); d++) {
        int column = d;
        double r =
            correlation(
                segments, s -> shown[s], s -> columnMean(segments.features(s, modality), column));
        largest = Math.max(largest, Math.abs(r));
      }
      assertThat(largest).isGreaterThan(0.85);
    }
  }

  @Test
  void onlyTheOrderOfStepsHasInformation() {
    SegmentSet segments = FamilyData.generate(Family.ORDER, 3, VIDEOS).split(Split.TRAIN);
    for (Modality modality : Modality.MOSEI) {
      assertThat(largestCorrelation(segments, modality, FamilyDataTest::columnMean)).isLessThan(5);
      assertThat(largestCorrelation(segments, modality, FamilyDataTest::halvesDifference))
          .isGreaterThan(7);
    }
  }

  /** Digests of all features, which depend on exact arithmetic and {@link StrictMath} only. */
  @ParameterizedTest
  @CsvSource({
    "equal, 69e08c5b91d802b9",
    "split, 34f61b793c906b14",
    "text-dominant, daef43e757676f49",
    "interaction, 9640ff6c0fda98de",
    "heterogeneous, 43218b7f39b18985",
    "redundant, ad33eec2e3bea6ab",
    "useless, d9bca0e81a914ee1",
    "event, 79a28fc54a0ad282",
    "order, 8b85612e33011725"
  })
  void oneSeedGivesTheSameBitsOnEveryMachine(String family, String digest) {
    FamilyData data = FamilyData.generate(Family.of(family), 7, 10);
    Sha256 sha256 = new Sha256();
    for (Split split : List.of(Split.TRAIN, Split.VALID, Split.TEST)) {
      SegmentSet segments = data.split(split);
      for (int s = 0; s < segments.size(); s++) {
        sha256.put(segments.info(s).id().toString());
        for (int c = 0; c < Emotion.MOSEI.size(); c++) {
          sha256.put(segments.info(s).scores().of(c));
        }
        for (Modality modality : Modality.MOSEI) {
          for (float value : segments.features(s, modality).values()) {
            sha256.put(value);
          }
        }
        data.posterior(segments.info(s).id(), ALL).forEach(sha256::put);
      }
    }
    assertThat(sha256.hex()).startsWith(digest);
  }

  @Test
  void filesHaveTheSameSegments(@TempDir Path folder) throws IOException {
    FamilyData data = FamilyData.generate(Family.EVENT, 4, 10);
    CsdFolder files = data.write(folder, CsdLayout.CONTIGUOUS, false, Map.of("text", 0.5));
    Preparation.builder(files)
        .folds(Folds.read(folder.resolve(SyntheticMosei.FOLDS)))
        .build()
        .run(folder.resolve("x.store"));
    try (SegmentStore store = SegmentStore.open(folder.resolve("x.store"))) {
      for (Split split : List.of(Split.TRAIN, Split.VALID, Split.TEST)) {
        SegmentSet expected = data.split(split);
        SegmentSet actual = store.split(split);
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int s = 0; s < expected.size(); s++) {
          assertThat(actual.info(s)).isEqualTo(expected.info(s));
          for (Modality modality : Modality.MOSEI) {
            assertThat(actual.features(s, modality).values())
                .isEqualTo(expected.features(s, modality).values());
          }
        }
      }
    }
    assertThat(Files.readString(folder.resolve("truth.json")))
        .contains("\"family\" : \"event\"", "\"text\" : 0.5");
  }

  @Test
  void refusesTooFewVideosUnknownFamiliesAndOtherSegments() {
    assertThatThrownBy(() -> FamilyData.generate(Family.EQUAL, 0, 4))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("[5, 10000]: 4");
    assertThatThrownBy(() -> Family.of("sarcasm"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("interaction");
    FamilyData data = FamilyData.generate(Family.EQUAL, 0, 5);
    assertThatThrownBy(() -> data.posterior(new SegmentId("other", 0), ALL))
        .isInstanceOf(MerException.class);
    assertThatThrownBy(() -> data.split(Split.NONE)).isInstanceOf(ConfigException.class);
  }

  private static double posteriorCorrelation(FamilyData data, ModalitySet available, int emotion) {
    SegmentSet segments = data.split(Split.TRAIN);
    return correlation(
        segments,
        s -> label(segments, s, emotion),
        s -> data.posterior(segments.info(s).id(), available).get(emotion));
  }

  /** Computes a statistic of one column of a segment's features. */
  @FunctionalInterface
  private interface ColumnStatistic {
    double of(Features features, int column);
  }

  /** Returns the largest correlation of a column with a label, in standard errors. */
  private static double largestCorrelation(
      SegmentSet segments, Modality modality, ColumnStatistic statistic) {
    List<Features> features =
        IntStream.range(0, segments.size()).mapToObj(s -> segments.features(s, modality)).toList();
    List<double[]> labels =
        IntStream.range(0, Emotion.MOSEI.size())
            .mapToObj(c -> values(segments, s -> label(segments, s, c)))
            .toList();
    double largest = 0;
    for (int d = 0; d < segments.widths().get(modality); d++) {
      int column = d;
      double[] values = features.stream().mapToDouble(f -> statistic.of(f, column)).toArray();
      for (int c = 0; c < Emotion.MOSEI.size(); c++) {
        largest = Math.max(largest, Math.abs(correlation(labels.get(c), values)));
      }
    }
    return largest * Math.sqrt(segments.size());
  }

  private static double columnMean(Features features, int column) {
    double sum = 0;
    for (int t = 0; t < features.steps(); t++) {
      sum += features.values()[t * features.width() + column];
    }
    return sum / features.steps();
  }

  private static double halvesDifference(Features features, int column) {
    double sum = 0;
    for (int t = 0; t < features.steps(); t++) {
      double value = features.values()[t * features.width() + column];
      sum += t < features.steps() / 2 ? value : -value;
    }
    return sum;
  }

  private static double label(SegmentSet segments, int segment, int emotion) {
    return segments.info(segment).scores().of(emotion) > 0 ? 1 : 0;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double correlation(
      SegmentSet segments, IntToDoubleFunction one, IntToDoubleFunction other) {
    return correlation(values(segments, one), values(segments, other));
  }

  private static double[] values(SegmentSet segments, IntToDoubleFunction value) {
    return IntStream.range(0, segments.size()).mapToDouble(value).toArray();
  }

  private static double correlation(double[] one, double[] other) {
    double meanOne = mean(one);
    double meanOther = mean(other);
    double covariance = 0;
    double varianceOne = 0;
    double varianceOther = 0;
    for (int i = 0; i < one.length; i++) {
      covariance += (one[i] - meanOne) * (other[i] - meanOther);
      varianceOne += (one[i] - meanOne) * (one[i] - meanOne);
      varianceOther += (other[i] - meanOther) * (other[i] - meanOther);
    }
    return covariance / Math.sqrt(varianceOne * varianceOther);
  }
}
