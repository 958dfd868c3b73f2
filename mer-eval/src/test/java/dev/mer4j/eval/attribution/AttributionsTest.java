package dev.mer4j.eval.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.Contributions;
import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.TermMeans;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.attribution.Attributions.Share;
import dev.mer4j.eval.metric.CrossEntropy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AttributionsTest {
  private static final ModalitySet PAIR = ModalitySet.of(Modality.TEXT, Modality.AUDIO);
  private static final SegmentSet TEST = ToyModels.planted(200, 0.3, "test", 2);

  static List<Fusion> enumeratedFusions() {
    return List.of(Fusion.attention(), Fusion.attentionSum(), Fusion.concatenation());
  }

  @ParameterizedTest
  @MethodSource("enumeratedFusions")
  void valuesSumToTheDifferenceOfTheLogits(Fusion fusion) {
    try (MultimodalModel model = ToyModels.small(fusion).build()) {
      Attributions attributions = Attributions.of(model, model.encode(TEST));

      assertThat(attributions.rows()).hasSize(TEST.size());
      for (Attribution row : attributions.rows()) {
        ModalitySet available = row.prediction().available();
        assertThat(row.shapley().modalities()).containsExactlyElementsOf(available.toList());
        for (Emotion emotion : Emotion.MOSEI) {
          double sum = 0;
          for (Modality modality : Modality.MOSEI) {
            sum += row.of(modality, emotion);
          }
          double logit = row.logits().get(Emotion.MOSEI.indexOf(emotion));
          assertThat(sum)
              .isCloseTo(logit - row.base().get(Emotion.MOSEI.indexOf(emotion)), within(1e-5));
          assertThat(1 / (1 + Math.exp(-logit)))
              .isCloseTo(row.prediction().probability(emotion), within(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gaze,1",
    "'text,audio',2",
    "'text,audio,visual',2",
    "'text,audio,visual',3",
    "'a,b,c,d,e',4"
  })
  void contributionsOfTermsEqualTheEnumerationOfAllSets(String modalities, int order) {
    PerModality<Integer> widths =
        PerModality.of(ModalitySet.parse(modalities).toList(), modality -> 3);
    SegmentSet segments = ToyModels.planted(widths, 30, 0.3, "test", 2);
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(widths)
            .hidden(4)
            .headHidden(6)
            .fusion(Fusion.additive(order))
            .build()) {
      Encodings encodings = model.encode(segments);
      List<Attribution> found = Attributions.of(model, encodings).rows();
      List<Attribution> enumerated =
          Attributions.enumerated(model, encodings, model.predict(encodings, encodings.presence()));
      for (int s = 0; s < segments.size(); s++) {
        assertClose(found.get(s).logits(), enumerated.get(s).logits());
        assertClose(found.get(s).base(), enumerated.get(s).base());
        assertThat(found.get(s).shapley().modalities())
            .isEqualTo(enumerated.get(s).shapley().modalities());
        for (Modality modality : found.get(s).shapley().modalities()) {
          assertClose(
              found.get(s).shapley().get(modality), enumerated.get(s).shapley().get(modality));
        }
      }
    }
  }

  /** The logits of the enumeration are in single precision: 1e-7 of values below 2. */
  private static void assertClose(List<Double> found, List<Double> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int c = 0; c < found.size(); c++) {
      assertThat(found.get(c)).isCloseTo(expected.get(c), within(1e-6));
    }
  }

  @Test
  void termsOfADataSetAreAveragedOverTheSegmentsThatHaveThem() {
    try (MultimodalModel model = ToyModels.small(Fusion.additive(2)).build()) {
      Encodings encodings = model.encode(TEST);
      List<TermShare> unknown = Attributions.of(model, encodings).terms();
      assertThat(unknown).hasSize(36).allMatch(share -> Double.isNaN(share.deviation()));
      model.setTermMeans(TermMeans.of(model.predict(TEST)));
      Attributions attributions = Attributions.of(model, encodings);
      TermShare pair = attributions.terms().get(3);
      assertThat(pair.label()).isEqualTo("happy");
      assertThat(pair.modalities()).isEqualTo(PAIR);
      double sum = 0;
      double truth = 0;
      double deviation = 0;
      int count = 0;
      for (Prediction row : attributions.predictions().rows()) {
        for (Contributions.Term term : row.contributions().orElseThrow().terms()) {
          if (term.modalities().equals(PAIR)) {
            count++;
            sum += term.values().get(0);
            deviation += Math.abs(term.values().get(0) - model.termMeans().of(PAIR).get(0));
            truth += (row.segment().scores().of(0) > 0 ? 1 : -1) * term.values().get(0);
          }
        }
      }
      assertThat(pair.segments()).isEqualTo(count).isBetween(50, 150);
      assertThat(pair.mean()).isCloseTo(sum / count, within(1e-12));
      assertThat(pair.deviation()).isCloseTo(deviation / count, within(1e-12));
      assertThat(pair.towardsTruth()).isCloseTo(truth / count, within(1e-12));
      assertThat(pair.magnitude()).isGreaterThanOrEqualTo(Math.abs(pair.mean()));
    }
    try (MultimodalModel model = ToyModels.small(Fusion.attention()).build()) {
      assertThat(Attributions.of(model, model.encode(TEST)).terms()).isEmpty();
    }
  }

  @Test
  void aModelThatIgnoresAudioAttributesNothingToIt() {
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).build()) {
      ParameterView hidden = model.parameters().view("head.0.weight");
      int columns = hidden.shape().get(1);
      int state = columns / 3;
      for (int row = 0; row < hidden.shape().get(0); row++) {
        for (int column = state; column < 2 * state; column++) {
          model.parameters().values()[hidden.offset() + row * columns + column] = 0;
        }
      }
      Attributions attributions = Attributions.of(model, model.encode(TEST));

      for (Share share : attributions.shares()) {
        if (share.modality().equals(Modality.AUDIO)) {
          assertThat(share.magnitude()).isLessThan(1e-6);
        } else {
          assertThat(share.magnitude()).isGreaterThan(1e-3);
        }
      }
    }
  }

  @Test
  void findsTheModalitiesInWhichTheSignalWasPlanted() {
    SegmentSet train = ToyModels.planted(500, 0, "train", 3);
    SegmentSet test = ToyModels.planted(300, 0, "test", 2);
    try (MultimodalModel model = ToyModels.trained(Fusion.attention(), train, 12)) {
      Attributions attributions = Attributions.of(model, model.encode(test));
      List<Share> shares = attributions.shares();

      assertThat(top(shares, Emotion.HAPPY)).isEqualTo(Modality.TEXT);
      assertThat(top(shares, Emotion.DISGUST)).isEqualTo(Modality.TEXT);
      assertThat(top(shares, Emotion.SAD)).isEqualTo(Modality.AUDIO);
      assertThat(top(shares, Emotion.ANGER)).isEqualTo(Modality.VISUAL);
      for (Modality modality : Modality.MOSEI) {
        double planted =
            towardsTruth(shares, Emotion.MOSEI.get(Modality.MOSEI.indexOf(modality)), modality);
        double everywhere = towardsTruth(shares, Emotion.SURPRISE, modality);
        double nowhere = towardsTruth(shares, Emotion.FEAR, modality);
        assertThat(planted).isGreaterThan(1);
        assertThat(everywhere).isGreaterThan(0.3);
        assertThat(nowhere).isLessThan(0.3);
      }
      assertThat(attributions.deletion())
          .filteredOn(check -> check.ranking() == Deletion.Ranking.SHAPLEY)
          .singleElement()
          .matches(Deletion::topChangesMost)
          .matches(Deletion::topRaisesLossMost)
          .satisfies(check -> assertThat(check.segments()).isEqualTo(300));
      assertThat(attributions.agreement()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void warnsIfAttentionRanksAnotherModalityFirst() {
    try (MultimodalModel model = ToyModels.small(Fusion.attention()).build()) {
      Attributions random = Attributions.of(model, model.encode(TEST));

      long several = random.rows().stream().filter(row -> row.shapley().size() > 1).count();
      long disagreeing = random.rows().stream().filter(Attribution::rankingsDisagree).count();
      assertThat(random.agreement()).isCloseTo(1 - (double) disagreeing / several, within(1e-12));
      boolean warned = random.warnings().stream().anyMatch(w -> w.contains("Attention ranks"));
      assertThat(warned).isEqualTo(random.agreement() < 0.5);
    }
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).build()) {
      Attributions none = Attributions.of(model, model.encode(TEST));
      assertThat(none.agreement()).isNaN();
      assertThat(none.rows()).noneMatch(Attribution::rankingsDisagree);
      assertThat(none.deletion())
          .extracting(Deletion::ranking)
          .containsExactly(Deletion.Ranking.SHAPLEY);
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void theLossIsTheCrossEntropyOfTheModelsOwnTask(LabelSet scheme) {
    SegmentSet test = ToyModels.planted(40, 0, "test", 2);
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).labels(scheme).build()) {
      Attributions attributions = Attributions.of(model, model.encode(test));

      double expected = CrossEntropy.of(attributions.predictions());
      assertThat(expected).isPositive();
      assertThat(attributions.deletion()).isNotEmpty().allMatch(check -> check.loss() == expected);
    }
  }

  @Test
  void doesNotWarnOfALossThatIsUnknown() {
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < TEST.size(); s++) {
      Segment own = TEST.segment(s);
      boolean complete = own.features().size() == Modality.MOSEI.size();
      EmotionScores scores = complete ? EmotionScores.UNLABELED : own.scores();
      segments.add(new Segment(own.id(), own.start(), own.end(), scores, own.features()));
    }
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation()).build()) {
      Attributions attributions = Attributions.of(model, model.encode(SegmentList.of(segments)));

      assertThat(attributions.deletion()).isNotEmpty().allMatch(each -> Double.isNaN(each.loss()));
      assertThat(attributions.warnings()).isEmpty();
    }
  }

  private static List<LabelSet> schemes() {
    return List.of(
        LabelSet.MULTI_LABEL,
        LabelSet.singleLabel(TieRule.FIRST_COLUMN),
        LabelSet.singleLabel(TieRule.NONE_CLASS));
  }

  private static Modality top(List<Share> shares, Emotion emotion) {
    return shares.stream()
        .filter(share -> share.label().equals(emotion.key()))
        .max(Comparator.comparingDouble(Share::magnitude))
        .orElseThrow()
        .modality();
  }

  private static double towardsTruth(List<Share> shares, Emotion emotion, Modality modality) {
    return shares.stream()
        .filter(share -> share.label().equals(emotion.key()) && share.modality().equals(modality))
        .findFirst()
        .orElseThrow()
        .towardsTruth();
  }
}
