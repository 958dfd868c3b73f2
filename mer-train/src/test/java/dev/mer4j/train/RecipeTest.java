package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.Selection.Criterion;
import dev.mer4j.train.history.EpochRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares preset {@code paper} and its attention model, in small sizes, with the published recipe
 * in PyTorch.
 */
class RecipeTest {
  private static final long SEED = 5;
  private static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 5, Modality.AUDIO, 3, Modality.VISUAL, 4);
  private static final Map<String, Fusion> FUSIONS =
      Map.of("concatenation", Fusion.concatenation(), "attention-sum", Fusion.attentionSum());

  /**
   * A training in PyTorch, written by src/test/python/recipe.py.
   *
   * @param distanceFromDouble the largest relative distance of this history from that of the same
   *     training in double precision
   */
  record Reference(
      String fusion,
      double learningRate,
      int epochs,
      int patience,
      int bestEpoch,
      double distanceFromDouble,
      List<Epoch> history) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, learning rate %s", fusion, learningRate);
    }
  }

  record Epoch(
      double loss, double gradientNorm, double clipShare, double validLoss, double validMacroF1) {}

  static List<Reference> references() throws IOException {
    try (InputStream in = RecipeTest.class.getResourceAsStream("recipe.json")) {
      return List.of(new ObjectMapper().readValue(in, Reference[].class));
    }
  }

  /**
   * The tolerance is ten times what single precision costs PyTorch itself: both round differently,
   * and each epoch starts from the differences of the previous one.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("references")
  void trainsLikePyTorch(Reference expected) {
    TrainingRun run = train(expected);

    double percent = 100 * 10 * expected.distanceFromDouble();
    List<EpochRecord> found = run.history().epochs();
    assertThat(found).hasSameSizeAs(expected.history());
    for (int e = 0; e < found.size(); e++) {
      Epoch epoch = expected.history().get(e);
      EpochRecord own = found.get(e);
      assertThat(own.loss()).isCloseTo(epoch.loss(), withinPercentage(percent));
      assertThat(own.gradientNorm()).isCloseTo(epoch.gradientNorm(), withinPercentage(percent));
      assertThat(own.clipShare()).isEqualTo(epoch.clipShare());
      assertThat(own.validLoss()).isCloseTo(epoch.validLoss(), withinPercentage(percent));
      assertThat(own.validMacroF1()).isCloseTo(epoch.validMacroF1(), within(1e-12));
    }
    assertThat(run.bestEpoch()).isEqualTo(expected.bestEpoch());
    assertThat(run.stopReason()).isEqualTo(StopReason.EARLY_STOPPED);
  }

  private static TrainingRun train(Reference reference) {
    ModelConfig small =
        Preset.PAPER.model(WIDTHS).toBuilder()
            .hidden(6)
            .headHidden(10)
            .fusion(Objects.requireNonNull(FUSIONS.get(reference.fusion())))
            .build();
    TrainerConfig config =
        Preset.PAPER.trainer().toBuilder()
            .learningRate(reference.learningRate())
            .epochs(reference.epochs())
            .selection(new Selection(Criterion.MACRO_F1, reference.patience(), false))
            .seed(SEED)
            .build();
    try (MultimodalModel model = MultimodalModel.builder().config(small).seed(SEED).build()) {
      return Trainer.builder()
          .config(config)
          .build()
          .fit(
              model,
              TrainingSplit.of(videos("train", 45)),
              ValidationSplit.of(videos("valid", 19)));
    }
  }

  private static SegmentList videos(String name, int count) {
    SeedStream draws = new Seeds(SEED).stream(name);
    return SegmentList.of(
        IntStream.range(0, count).mapToObj(i -> video(name + i, draws.at(i))).toList());
  }

  private static Segment video(String name, SeedStream draws) {
    double[] scores = new double[6];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = draws.nextInt(3) == 0 ? draws.nextInt(4) / 3.0 : 0;
    }
    PerModality<Features> features =
        PerModality.of(
            WIDTHS.modalities(), modality -> features(WIDTHS.get(modality), scores, draws));
    float[] s = new float[6];
    for (int c = 0; c < s.length; c++) {
      s[c] = (float) scores[c];
    }
    EmotionScores labels = EmotionScores.mosei(0, s[0], s[1], s[2], s[3], s[4], s[5]);
    return new Segment(new SegmentId(name, 0), 0, 1, labels, features);
  }

  private static Features features(int width, double[] scores, SeedStream draws) {
    int steps = 1 + draws.nextInt(9);
    float[] values = new float[steps * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (draws.nextDouble(-2, 2) + 4 * scores[i % width]);
    }
    return new Features(steps, width, values);
  }
}
