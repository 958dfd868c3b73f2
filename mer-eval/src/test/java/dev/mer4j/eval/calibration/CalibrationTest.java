package dev.mer4j.eval.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.MerException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Temperatures;
import dev.mer4j.core.Thresholds;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.Samples;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.threshold.ValidationPredictions;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CalibrationTest {
  @TempDir Path folder;

  @Test
  void eceIsTheWeightedDistanceOfProbabilityAndFrequency() {
    Predictions predictions =
        Samples.predictions(
            LabelSet.MULTI_LABEL,
            Samples.prediction(0, Samples.scores(1, 0, 0, 0, 0, 0), .92, 0, 0, 0, 0, 0),
            Samples.prediction(1, Samples.scores(0, 0, 0, 0, 0, 0), .98, 0, 0, 0, 0, 0),
            Samples.prediction(2, Samples.scores(1, 0, 0, 0, 0, 0), 1, 0, 0, 0, 0, 0),
            Samples.prediction(3, Samples.scores(1, 0, 0, 0, 0, 0), .3, 0, 0, 0, 0, 0));

    Reliability happy = Reliability.of(predictions, Emotion.HAPPY);

    assertThat(happy.bins().get(9).count()).isEqualTo(3);
    assertThat(happy.bins().get(9).frequency()).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(happy.bins().get(0)).isEqualTo(new Reliability.Bin(0, Double.NaN, Double.NaN));
    double expected = (3 * Math.abs(2.9 / 3 - 2 / 3.0) + 0.7) / 4;
    assertThat(happy.ece()).isCloseTo(expected, within(1e-14));
    assertThat(Reliability.of(predictions, Emotion.SAD).ece()).isZero();
    assertThat(Reliability.of(predictions).bins().stream().mapToInt(b -> b.count()).sum())
        .isEqualTo(24);
  }

  @Test
  void theSingleLabelTaskComparesProbabilitiesWithTheClass() {
    Predictions predictions =
        Samples.predictions(
            LabelSet.singleLabel(TieRule.LEAVE_OUT),
            Samples.prediction(0, Samples.scores(2, 1, 0, 0, 0, 0), 0, 1, 0, 0, 0, 0),
            Samples.prediction(1, Samples.scores(1, 1, 0, 0, 0, 0), 0, 1, 0, 0, 0, 0));

    // The first segment is happy though sadness is present; the second one is a tie.
    Reliability sad = Reliability.of(predictions, Emotion.SAD);
    assertThat(sad.bins().get(9)).isEqualTo(new Reliability.Bin(1, 1, 0));
    assertThat(Reliability.of(predictions).ece()).isCloseTo(2 / 6.0, within(1e-12));
  }

  @Test
  void recoversTheTemperatureOfScaledProbabilities() {
    double[] spoilt = {0.5, 1, 2, 3, 0.25, 1.5};
    Calibration calibration =
        Calibration.of(sigmoids("t", 4000, 1, spoilt), sigmoids("v", 20_000, 2, spoilt));

    for (Emotion emotion : Emotion.MOSEI) {
      double found = calibration.temperatures().perEmotion().get(Emotion.MOSEI.indexOf(emotion));
      double expected = spoilt[Emotion.MOSEI.indexOf(emotion)];
      assertThat(found / expected).isBetween(0.92, 1.08);
      assertThat(calibration.emotions().get(Emotion.MOSEI.indexOf(emotion)).after().ece())
          .isLessThan(0.03);
    }
    assertThat(calibration.before().ece()).isGreaterThan(2 * calibration.after().ece());
  }

  @Test
  void singleLabelModelsHaveOneTemperature() {
    LabelSet single = LabelSet.singleLabel(TieRule.FIRST_COLUMN);
    SeedStream draws = new Seeds(4).stream("softmax");
    List<Prediction> rows = new ArrayList<>();
    for (int i = 0; i < 8000; i++) {
      double[] honest = new double[6];
      double[] sharp = new double[6];
      for (int c = 0; c < 6; c++) {
        honest[c] = draws.nextGaussian();
        sharp[c] = 3 * honest[c];
      }
      double[] chance = softmax(honest);
      double u = draws.nextDouble();
      int truth = 0;
      while (truth < 5 && u > chance[truth]) {
        u -= chance[truth++];
      }
      double[] scores = new double[6];
      scores[truth] = 1;
      rows.add(Samples.prediction(i, Samples.scores(scores), softmax(sharp)));
    }

    Temperatures fitted = TemperatureFitter.fit(new Predictions(single, Thresholds.HALF, rows));

    assertThat(fitted.perEmotion()).containsOnly(fitted.perEmotion().get(0));
    assertThat(fitted.perEmotion().get(0)).isCloseTo(3, within(0.15));
    List<Double> cooled = fitted.applyTo(rows.get(0), single.task());
    assertThat(cooled.stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-12));
    assertThat(cooled.indexOf(Collections.max(cooled))).isEqualTo(rows.get(0).mostProbableClass());
  }

  @Test
  void isFiniteForPerfectPredictions() {
    Predictions sure =
        Samples.predictions(
            LabelSet.MULTI_LABEL,
            Samples.prediction(0, Samples.scores(1, 1, 1, 1, 1, 1), 1, 1, 1, 1, 1, 1),
            Samples.prediction(1, Samples.scores(0, 0, 0, 0, 0, 0), 0, 0, 0, 0, 0, 0));

    Temperatures fitted = TemperatureFitter.fit(sure);

    assertThat(sure.rows())
        .allSatisfy(
            row ->
                assertThat(fitted.applyTo(row, sure.scheme().task()))
                    .allMatch(p -> p >= 0 && p <= 1));
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void countsTheSegmentsThatAreUsed(Task task) {
    LabelSet scheme = new LabelSet(task, TieRule.LEAVE_OUT);
    SegmentSet test = halfLabeled(ToyModels.planted(40, 0.3, "test", 2));
    SegmentSet valid = halfLabeled(ToyModels.planted(60, 0.3, "valid", 3));
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).labels(scheme).build()) {
      Calibration calibration =
          Calibration.of(model, model.encode(test), ValidationSplit.of(valid));

      assertThat(calibration.fittedOn())
          .hasValue(
              (int)
                  IntStream.range(0, valid.size())
                      .filter(s -> scheme.targets(valid.info(s).scores()).isPresent())
                      .count());
      assertThat(calibration.sets()).isNotEmpty();
      for (SetCalibration each : calibration.sets()) {
        assertThat(each.segments())
            .isEqualTo(
                IntStream.range(0, test.size())
                    .mapToObj(test::info)
                    .filter(info -> info.scores().isLabeled())
                    .filter(info -> info.modalities().containsAll(each.available()))
                    .count());
      }
      Predictions all = model.predict(test);
      ValidationPredictions fitting = ValidationPredictions.of(model, ValidationSplit.of(valid));
      assertThat(Calibration.of(all, fitting).fittedOn()).isEqualTo(calibration.fittedOn());
    }
  }

  private static SegmentSet halfLabeled(SegmentSet segments) {
    List<Segment> all = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      Segment own = segments.segment(s);
      EmotionScores scores = s % 2 == 0 ? own.scores() : EmotionScores.UNLABELED;
      all.add(new Segment(own.id(), own.start(), own.end(), scores, own.features()));
    }
    return SegmentList.of(all);
  }

  @Test
  void refusesToBeFittedOnEvaluatedVideos() {
    Predictions test = Samples.random(LabelSet.MULTI_LABEL, 20, 1, 1);

    assertThatThrownBy(() -> Calibration.of(test, test))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("video0")
        .hasMessageContaining("validation split");
    assertThatThrownBy(() -> Calibration.of(test, Samples.predictions(LabelSet.MULTI_LABEL)))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("there are none");
    assertThatThrownBy(() -> new Temperatures(Collections.nCopies(6, 0.0)))
        .hasMessageContaining("above 0");
  }

  @Test
  void theCompilerRefusesToFitOnPlainPredictions() {
    String code =
        """
        import dev.mer4j.core.Predictions;
        import dev.mer4j.eval.calibration.Calibration;
        import dev.mer4j.eval.threshold.ThresholdFitter;
        import dev.mer4j.eval.threshold.ValidationPredictions;
        class User {
          static Object fit(Predictions test, %s fittedOn) {
            ThresholdFitter.fit(fittedOn);
            return Calibration.of(test, fittedOn);
          }
        }
        """;

    assertThat(errorsIn(String.format(Locale.ROOT, code, "ValidationPredictions"))).isEmpty();
    assertThat(errorsIn(String.format(Locale.ROOT, code, "Predictions"))).hasSize(2);
  }

  private List<String> errorsIn(String code) {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("memory:///User.java"), Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
          }
        };
    ToolProvider.getSystemJavaCompiler()
        .getTask(
            null,
            null,
            found,
            List.of("-proc:none", "-d", folder.toString(), "-cp", classes),
            null,
            List.of(file))
        .call();
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(each -> each.getMessage(Locale.ROOT))
        .toList();
  }

  /** Labels drawn from calibrated probabilities, whose logits are then scaled. */
  private static Predictions sigmoids(String name, int count, long seed, double[] factors) {
    SeedStream draws = new Seeds(seed).stream("sigmoids");
    List<Prediction> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] scores = new double[6];
      List<Double> probabilities = new ArrayList<>();
      for (int c = 0; c < 6; c++) {
        double logit = draws.nextGaussian(0, 1.5);
        scores[c] = draws.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
        probabilities.add(1 / (1 + Math.exp(-logit * factors[c])));
      }
      SegmentInfo info =
          new SegmentInfo(
              new SegmentId(name + i, 0), 0, 1, Samples.scores(scores), PerModality.of());
      rows.add(
          new Prediction(info, ModalitySet.of(Modality.MOSEI), probabilities, PerModality.of()));
    }
    return new Predictions(LabelSet.MULTI_LABEL, Thresholds.HALF, rows);
  }

  private static double[] softmax(double[] logits) {
    double sum = 0;
    double[] result = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      result[c] = Math.exp(logits[c]);
      sum += result[c];
    }
    for (int c = 0; c < logits.length; c++) {
      result[c] /= sum;
    }
    return result;
  }
}
