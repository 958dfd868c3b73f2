package dev.mer4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.cuda.Phase;
import dev.mer4j.cuda.internal.driver.DeviceInfo;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RooflineTest {
  private static final DeviceInfo H200 =
      new DeviceInfo("H200", 9, 0, 132, 232_448, 1_980_000, 3_201_000, 6144, 12_040);
  private static final Map<Phase, Roofline> PHASES =
      Roofline.of(Recipe.WIDTHS, Recipe.BATCH, Recipe.STEPS, Recipe.HIDDEN, true);

  @Test
  void countsTheSameOperationsAsTheRecipe() {
    double flops = PHASES.values().stream().mapToDouble(Roofline::flops).sum();
    assertThat(flops).isCloseTo(Recipe.usefulFlops(Recipe.BATCH, Recipe.STEPS), within(1e3));
  }

  @Test
  void countsEveryTransferredValueOnce() {
    // x is 20.9 MB, the gates of all directions are 59 MB, cells and hidden states 14.7 MB each.
    assertThat(PHASES.get(Phase.PROJECTION).bytes()).isCloseTo(84.3e6, within(0.2e6));
    assertThat(PHASES.get(Phase.FORWARD).bytes()).isCloseTo(149.0e6, within(0.2e6));
    assertThat(PHASES.get(Phase.BACKWARD).bytes()).isCloseTo(134.3e6, within(0.2e6));
    assertThat(PHASES.get(Phase.WEIGHT_GRADIENTS).bytes()).isCloseTo(100.6e6, within(0.2e6));
  }

  @Test
  void computesTheRatesOfAnH200() {
    assertThat(Roofline.flopsPerSecond(H200)).isCloseTo(66.9e12, within(0.1e12));
    assertThat(Roofline.bytesPerSecond(H200)).isCloseTo(4.9e12, within(0.1e12));
    assertThat(PHASES.get(Phase.WEIGHT_GRADIENTS).floor(H200)).isCloseTo(0.216, within(0.002));
  }
}
