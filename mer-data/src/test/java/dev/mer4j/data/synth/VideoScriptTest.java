package dev.mer4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
}
