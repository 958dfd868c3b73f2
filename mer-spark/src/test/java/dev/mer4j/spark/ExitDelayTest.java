package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExitDelayTest {
  @Test
  void theProgramEndsWhenTheWorkIsComplete() throws InterruptedException {
    ExitDelay delay = new ExitDelay();
    assertThat(Runtime.getRuntime().removeShutdownHook(delay.atExit())).isTrue();
    delay.atExit().start();
    assertThat(delay.atExit().isAlive()).isTrue();

    delay.close();

    delay.atExit().join();
  }

  @Test
  void nothingDelaysTheProgramAfterTheWork() {
    ExitDelay delay = new ExitDelay();

    delay.close();

    assertThat(Runtime.getRuntime().removeShutdownHook(delay.atExit())).isFalse();
  }
}
