package dev.mer4j.eval.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import org.junit.jupiter.api.Test;

class ShapleyTest {
  /** The glove game: text has a left glove, audio and visual have a right one each. */
  @Test
  void equalsTheTextbookValuesOfTheGloveGame() {
    ModalitySet left = ModalitySet.of(Modality.TEXT);
    PerModality<double[]> values =
        Shapley.values(
            ModalitySet.of(Modality.MOSEI),
            set -> new double[] {set.and(left).equals(left) && set.size() > 1 ? 1 : 0});

    assertThat(values.get(Modality.TEXT)[0]).isCloseTo(4 / 6.0, within(1e-15));
    assertThat(values.get(Modality.AUDIO)[0]).isCloseTo(1 / 6.0, within(1e-15));
    assertThat(values.get(Modality.VISUAL)[0]).isCloseTo(1 / 6.0, within(1e-15));
  }

  @Test
  void constantContributionIsItsShapleyValue() {
    for (ModalitySet players : ModalitySet.of(Modality.MOSEI).nonEmpty()) {
      PerModality<double[]> values =
          Shapley.values(
              players,
              set -> {
                double sum = 5;
                for (Modality modality : set.toList()) {
                  sum += Math.pow(10, Modality.MOSEI.indexOf(modality));
                }
                return new double[] {sum, -sum};
              });
      assertThat(values.modalities()).containsExactlyElementsOf(players.toList());
      values.forEach(
          (modality, own) -> {
            assertThat(own[0])
                .isCloseTo(Math.pow(10, Modality.MOSEI.indexOf(modality)), within(1e-12));
            assertThat(own[1]).isEqualTo(-own[0]);
          });
    }
  }

  @Test
  void noPlayersHaveNoValues() {
    assertThat(Shapley.values(ModalitySet.NONE, set -> new double[] {3}).isEmpty()).isTrue();
  }
}
