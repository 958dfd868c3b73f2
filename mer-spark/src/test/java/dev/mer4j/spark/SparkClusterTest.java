package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SparkClusterTest {
  /** Throws a checked exception that the caller does not declare, as Scala does. */
  @SuppressWarnings("unchecked") // the type of the exception is erased
  private static <E extends Exception> MerException fail(Exception failure) throws E {
    throw (E) failure;
  }

  private static void run(Exception failure) {
    SparkCluster.run(() -> SparkClusterTest.<RuntimeException>fail(failure));
  }

  @Test
  void checkedExceptionsOfSparkAreErrorsOfOneLine() {
    assertThatThrownBy(() -> run(new IOException("first\nsecond")))
        .isInstanceOf(MerException.class)
        .hasMessage("Spark: first");
    assertThatThrownBy(() -> run(new IllegalStateException(new IOException())))
        .isInstanceOf(MerException.class)
        .hasMessage("Spark: java.io.IOException");
  }

  @Test
  void anErrorOfATaskIsThrownAsItIs() {
    ConfigException own = new ConfigException("own");

    assertThatThrownBy(() -> run(new IOException("stage failed", own))).isSameAs(own);
  }

  @Test
  void anInterruptIsKept() {
    assertThatThrownBy(() -> run(new InterruptedException()))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Spark throws a checked exception, since the class path has no YARN. */
  @Test
  void aMasterThatCannotStartIsNamed() {
    Sessions.local().stop();

    assertThatThrownBy(() -> new SparkClusterProvider().connect("yarn"))
        .isInstanceOf(MerException.class)
        .hasMessageStartingWith("cannot start Spark on 'yarn': ");
  }
}
