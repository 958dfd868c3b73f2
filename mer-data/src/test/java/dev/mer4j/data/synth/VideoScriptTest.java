package dev.mer4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.seed.Seeds;
import org.junit.jupiter.api.Test;

final class VideoScriptTest {
  @Test
  void durationsHaveThePercentilesOfTheRelease() {
    assertThat(VideoScript.seconds(0)).isEqualTo(6.5);
    assertThat(VideoScript.seconds(1.2816)).isCloseTo(13.4, within(0.05));
    assertThat(VideoScript.seconds(2.3263)).isCloseTo(24.4, within(0.3));
    assertThat(VideoScript.seconds(3.8)).isEqualTo(109);
    assertThat(VideoScript.seconds(9)).isEqualTo(109);
    assertThat(VideoScript.seconds(-9)).isEqualTo(1);
  }

  @Test
  void everyVideoHasAPositiveDurationAtAnyFactor() {
    Seeds seeds = new Seeds(1);
    for (int v = 0; v < 3000; v++) {
      VideoScript script = VideoScript.of("v", 0.05, seeds.stream("synthetic-videos").at(v));
      assertThat(script.seconds()).isPositive();
      assertThat(script.scenes()).allMatch(scene -> scene.end() > 0);
    }
  }
}
