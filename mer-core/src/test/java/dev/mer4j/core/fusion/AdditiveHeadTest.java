package dev.mer4j.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The terms of additive fusion; {@link FusionHeadTest} compares logits and gradients. */
class AdditiveHeadTest {
  private static final HeadShape PAIRS = HeadSamples.shape(Fusion.additive(2), Task.MULTI_LABEL, 0);

  private final HeadSamples samples = new HeadSamples();

  @Test
  void tensorsHaveTheNamesOfTheirTerms() {
    assertThat(
            samples
                .parameters(
                    HeadSamples.shape("text,audio", Fusion.additive(2), Task.MULTI_LABEL, 0))
                .views())
        .extracting(ParameterView::name)
        .containsExactly(
            "fusion.terms.text.0.weight",
            "fusion.terms.text.0.bias",
            "fusion.terms.text.3.weight",
            "fusion.terms.text.3.bias",
            "fusion.terms.audio.0.weight",
            "fusion.terms.audio.0.bias",
            "fusion.terms.audio.3.weight",
            "fusion.terms.audio.3.bias",
            "fusion.terms.text+audio.0.weight",
            "fusion.terms.text+audio.0.bias",
            "fusion.terms.text+audio.3.weight",
            "fusion.terms.text+audio.3.bias",
            "fusion.bias");
  }

  @Test
  void hasATermForEverySetUpToTheOrder() {
    assertThat(HeadSamples.shape(Fusion.additive(1), Task.MULTI_LABEL, 0).terms().toString())
        .isEqualTo("[text, audio, visual]");
    assertThat(PAIRS.terms().toString())
        .isEqualTo("[text, audio, visual, text+audio, text+visual, audio+visual]");
    assertThat(HeadSamples.shape(Fusion.additive(3), Task.MULTI_LABEL, 0).terms())
        .hasSize(7)
        .endsWith(ModalitySet.of(Modality.MOSEI));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 9})
  void refusesImpossibleOrders(int order) {
    assertThatThrownBy(() -> Fusion.additive(order))
        .isInstanceOf(ConfigException.class)
        .hasMessage("additive order must be in [1, 8]: " + order);
  }

  @Test
  void termsEqualTheFormulasAndAreZeroWhereAbsent() {
    Parameters parameters = samples.parameters(PAIRS);
    PerModality<float[]> states = samples.states(8);
    Presence presence = samples.presence(8);
    float[] values = new FusionHead(PAIRS, parameters).infer(states, presence).terms();
    ReferenceHead reference = new ReferenceHead(PAIRS, parameters);
    List<ModalitySet> terms = PAIRS.terms();
    for (int b = 0; b < presence.size(); b++) {
      assertThat(row(values, b, 0)).isEqualTo(parameters.copyOf(HeadParameters.SUM_BIAS));
      for (int t = 0; t < terms.size(); t++) {
        boolean present = presence.row(b).containsAll(terms.get(t));
        double[] expected = present ? reference.term(terms.get(t), states, b) : new double[6];
        float[] found = row(values, b, 1 + t);
        for (int c = 0; c < expected.length; c++) {
          // As in FusionHeadTest; absent terms are exactly 0.
          assertThat((double) found[c]).isCloseTo(expected[c], within(present ? 1e-5 : 0));
        }
      }
    }
  }

  @Test
  void aTermHasTheSameBitsWithAnyOtherModalitiesAndRows() {
    Parameters parameters = samples.parameters(PAIRS);
    FusionHead head = new FusionHead(PAIRS, parameters);
    PerModality<float[]> states = samples.states(8);
    Presence all = Presence.of(Collections.nCopies(8, ModalitySet.of(Modality.MOSEI)));
    float[] full = head.infer(states, all).terms();
    Presence presence = samples.presence(8);
    float[] some = head.infer(states, presence).terms();
    for (int b = 0; b < 8; b++) {
      for (int t = 0; t < PAIRS.terms().size(); t++) {
        if (presence.row(b).containsAll(PAIRS.terms().get(t))) {
          assertThat(row(some, b, 1 + t)).isEqualTo(row(full, b, 1 + t));
        }
      }
    }
  }

  @Test
  void rowWithoutModalitiesHasTheBiasAsLogits() {
    Parameters parameters = samples.parameters(PAIRS);
    Head.Output output =
        new FusionHead(PAIRS, parameters)
            .infer(samples.states(1), Presence.of(List.of(ModalitySet.NONE)));
    assertThat(output.logits()).isEqualTo(parameters.copyOf(HeadParameters.SUM_BIAS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void absentTermsAndStatesHaveGradientsOfExactlyZero(int batch) {
    Parameters parameters = samples.parameters(PAIRS);
    PerModality<float[]> states = samples.states(batch);
    ModalitySet available = ModalitySet.of(Modality.TEXT, Modality.VISUAL);
    Presence presence = Presence.of(Collections.nCopies(batch, available));
    float[] gradient = new float[parameters.size()];
    Arrays.fill(gradient, Float.NaN);
    PerModality<float[]> stateGradients = states.map(float[]::clone);
    new FusionHead(PAIRS, parameters)
        .train(
            states,
            presence,
            samples.targets(PAIRS, batch),
            samples.draws(),
            gradient,
            stateGradients);
    for (ParameterView view : parameters.views()) {
      float[] own = Arrays.copyOfRange(gradient, view.offset(), view.offset() + view.size());
      if (view.name().contains("audio")) {
        assertThat(own).as(view.name()).containsOnly(0f);
      } else {
        assertThat(own)
            .as(view.name())
            .doesNotContain(Float.NaN)
            .isNotEqualTo(new float[own.length]);
      }
    }
    assertThat(stateGradients.get(Modality.AUDIO)).containsOnly(0f);
    assertThat(stateGradients.get(Modality.TEXT)).doesNotContain(0f);
  }

  @Test
  void dropoutOfATermDoesNotDependOnTheOtherTerms() {
    HeadShape single = HeadSamples.shape(Fusion.additive(1), Task.MULTI_LABEL, 0.4);
    HeadShape pairs = HeadSamples.shape(Fusion.additive(2), Task.MULTI_LABEL, 0.4);
    float[] few = single.dropoutFactors(4, new Seeds(1).stream("d"));
    float[] many = pairs.dropoutFactors(4, new Seeds(1).stream("d"));
    int width = single.width();
    for (int b = 0; b < 4; b++) {
      float[] own = Arrays.copyOfRange(few, b * 3 * width, (b + 1) * 3 * width);
      assertThat(Arrays.copyOfRange(many, b * 6 * width, (b * 6 + 3) * width)).isEqualTo(own);
      assertThat(Arrays.copyOfRange(own, 0, width))
          .isNotEqualTo(Arrays.copyOfRange(own, width, 2 * width));
    }
    assertThat(many).hasSize(4 * pairs.hiddenUnits()).contains(0f, (float) (1 / 0.6));
  }

  /** Returns one summand [C] of a row. */
  private static float[] row(float[] terms, int b, int summand) {
    int at = (b * 7 + summand) * 6;
    return Arrays.copyOfRange(terms, at, at + 6);
  }
}
