package dev.mer4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.store.StoreInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyntheticMoseiTest {
  @TempDir static Path data;
  private static CsdFolder files;
  private static StoreInfo info;
  private static SegmentStore store;

  @BeforeAll
  static void prepare() {
    files =
        SyntheticMosei.builder()
            .videos(260)
            .durationFactor(0.3)
            .width(Modality.VISUAL, 80)
            .width(Modality.TEXT, 100)
            .seed(12)
            .build()
            .write(data);
    info =
        Preparation.builder(files)
            .folds(Folds.read(data.resolve(SyntheticMosei.FOLDS)))
            .build()
            .run(data.resolve("x.store"));
    store = SegmentStore.open(data.resolve("x.store"));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void resemblesTheRelease() {
    SegmentSet all = store.allSegments();
    assertThat(all.size()).isBetween(6 * 260, 8 * 260);
    double[] durations = new double[all.size()];
    int[] positives = new int[Emotion.MOSEI.size()];
    int none = 0;
    for (int s = 0; s < all.size(); s++) {
      SegmentInfo segment = all.info(s);
      durations[s] = (segment.end() - segment.start()) / 0.3;
      none += segment.scores().none() ? 1 : 0;
      for (Emotion emotion : Emotion.MOSEI) {
        positives[Emotion.MOSEI.indexOf(emotion)] += segment.scores().present(emotion) ? 1 : 0;
      }
    }
    Arrays.sort(durations);
    assertThat(durations[all.size() / 2]).isBetween(6.0, 7.0);
    assertThat(durations[all.size() * 9 / 10]).isBetween(12.4, 14.4);
    assertThat(100.0 * positives[Emotion.MOSEI.indexOf(Emotion.HAPPY)] / all.size())
        .isBetween(50.0, 57.0);
    assertThat(100.0 * positives[Emotion.MOSEI.indexOf(Emotion.FEAR)] / all.size())
        .isBetween(6.5, 10.5);
    assertThat(none).isPositive();
    assertThat(info.segments().get(Split.TRAIN)).isBetween(900, 1300);
  }

  @Test
  void hasTheFaultsOfTheRelease() {
    assertThat(info.sanitized().get(Modality.AUDIO).negativeInfinite()).isPositive();
    assertThat(info.sanitized().get(Modality.AUDIO).nan()).isPositive();
    assertThat(info.sanitized().get(Modality.AUDIO).zeroStretches()).isPositive();
    assertThat(info.sanitized().get(Modality.VISUAL).clipped()).isPositive();
    assertThat(info.sanitizedScores()).isPositive();
    for (Modality modality : Modality.MOSEI) {
      assertThat(info.present().get(modality)).isLessThan(store.allSegments().size());
    }
    SegmentSet all = store.allSegments();
    boolean negative = false;
    for (int s = 0; s < all.size(); s++) {
      negative |= all.info(s).start() < 0;
    }
    assertThat(negative).isTrue();
    try (CsdFile labels = CsdFile.open(files.labels())) {
      assertThat(labels.videos()).hasSize(260).anyMatch(id -> id.startsWith("-"));
      assertThat(labels.videos()).contains("10000000", "100000004");
    }
  }

  /**
   * Learns each emotion from one modality by the difference of the class means of time averages,
   * without using the planted directions, and ranks the modalities by the result.
   */
  @Test
  void eachModalityShowsEachEmotionAsStronglyAsPlanted() {
    for (Emotion emotion : Emotion.MOSEI) {
      for (Modality better : Modality.MOSEI) {
        for (Modality worse : Modality.MOSEI) {
          double gap =
              PlantedSignal.strength(better, emotion) - PlantedSignal.strength(worse, emotion);
          if (gap >= 0.5) {
            assertThat(areaUnderRoc(better, emotion))
                .as("%s: %s above %s", emotion, better, worse)
                .isGreaterThan(areaUnderRoc(worse, emotion));
          }
        }
      }
    }
    assertThat(areaUnderRoc(Modality.TEXT, Emotion.HAPPY)).isGreaterThan(0.85);
    assertThat(areaUnderRoc(Modality.AUDIO, Emotion.ANGER)).isGreaterThan(0.85);
    assertThat(areaUnderRoc(Modality.VISUAL, Emotion.SURPRISE)).isGreaterThan(0.85);
    assertThat(areaUnderRoc(Modality.TEXT, Emotion.SURPRISE)).isLessThan(0.75);
  }

  @Test
  void allModalitiesTogetherAreBetterThanAny() {
    for (Emotion emotion : Emotion.MOSEI) {
      double all = PlantedSignal.separation(ModalitySet.of(Modality.MOSEI), emotion);
      for (Modality modality : Modality.MOSEI) {
        assertThat(all).isGreaterThan(PlantedSignal.separation(ModalitySet.of(modality), emotion));
      }
    }
  }

  @Test
  void theSameSeedProducesTheSameBytes(@TempDir Path one, @TempDir Path two) throws IOException {
    for (Path folder : List.of(one, two)) {
      SyntheticMosei.builder()
          .videos(3)
          .durationFactor(0.1)
          .width(Modality.VISUAL, 4)
          .seed(5)
          .build()
          .write(folder);
    }
    for (String name :
        List.of("CMU_MOSEI_COVAREP.csd", "CMU_MOSEI_Labels.csd", "truth.json", "folds/train.txt")) {
      assertThat(one.resolve(name)).hasSameBinaryContentAs(two.resolve(name));
    }
    assertThat(Files.readString(one.resolve("truth.json"))).contains("text+audio+visual");
  }

  @Test
  void reportsEverySettingOutOfRange() {
    assertThatThrownBy(() -> SyntheticMosei.builder().videos(2).durationFactor(0).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("videos must be in [3, 10000], one for each fold: 2")
        .hasMessageContaining("duration factor must be in [0.05, 10]: 0.0");
  }

  private static double areaUnderRoc(Modality modality, Emotion emotion) {
    double[] direction = classMean(modality, emotion, true);
    double[] absent = classMean(modality, emotion, false);
    for (int d = 0; d < direction.length; d++) {
      double scale = store.standardization().of(modality).scale()[d];
      direction[d] = (direction[d] - absent[d]) * scale * scale;
    }
    SegmentSet test = store.split(Split.TEST);
    List<double[]> scored = new ArrayList<>();
    for (int s = 0; s < test.size(); s++) {
      if (test.info(s).steps(modality) > 0) {
        double score = 0;
        double[] mean = timeAverage(test, s, modality);
        for (int d = 0; d < mean.length; d++) {
          score += direction[d] * mean[d];
        }
        scored.add(new double[] {score, test.info(s).scores().present(emotion) ? 1 : 0});
      }
    }
    double wins = 0;
    double pairs = 0;
    for (double[] positive : scored) {
      for (double[] negative : scored) {
        if (positive[1] == 1 && negative[1] == 0) {
          wins += positive[0] > negative[0] ? 1 : 0;
          pairs++;
        }
      }
    }
    return wins / pairs;
  }

  private static double[] classMean(Modality modality, Emotion emotion, boolean present) {
    SegmentSet train = store.split(Split.TRAIN);
    double[] sum = new double[train.widths().get(modality)];
    int count = 0;
    for (int s = 0; s < train.size(); s++) {
      if (train.info(s).steps(modality) > 0 && train.info(s).scores().present(emotion) == present) {
        double[] mean = timeAverage(train, s, modality);
        Arrays.setAll(sum, d -> sum[d] + mean[d]);
        count++;
      }
    }
    int segments = count;
    Arrays.setAll(sum, d -> sum[d] / segments);
    return sum;
  }

  private static double[] timeAverage(SegmentSet segments, int s, Modality modality) {
    int width = segments.widths().get(modality);
    int steps = segments.info(s).steps(modality);
    float[] values = new float[steps * width];
    segments.read(s, modality, values, 0);
    double[] mean = new double[width];
    for (int i = 0; i < values.length; i++) {
      mean[i % width] += values[i] / steps;
    }
    return mean;
  }
}
