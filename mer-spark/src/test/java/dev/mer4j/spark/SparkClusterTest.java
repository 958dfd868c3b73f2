package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.train.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkClusterTest {
  @TempDir Path folder;

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

  /** A signal stops Spark in the middle of a job, whose error then describes Spark's state. */
  @Test
  void aJobThatEndsBecauseSparkWasStoppedSaysSo() {
    SparkCluster cluster = new SparkCluster(Sessions.local());

    assertThatThrownBy(
            () -> cluster.prepareParquet(SparkClusterTest::stopped, folder.resolve("out")))
        .isInstanceOf(MerException.class)
        .hasMessage("Spark was stopped before the job ended");
  }

  private static Preparation stopped() {
    Sessions.local().stop();
    throw SparkClusterTest.<RuntimeException>fail(new IOException("dagScheduler() is null"));
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

  @Test
  void everyCoreGetsSeveralTasksThatReadFiles() {
    Sessions.local().stop();

    try (Cluster cluster = new SparkClusterProvider().connect("local[3]")) {
      RuntimeConfig conf = SparkSession.active().conf();
      assertThat(conf.get("spark.sql.files.minPartitionNum")).isEqualTo("12");
      assertThat(conf.get("spark.sql.files.maxPartitionBytes")).isEqualTo("1g");
      assertThat(cluster).isInstanceOf(SparkCluster.class);
    }
  }

  @Test
  void aSizeOfTasksThatTheUserSetIsKept() {
    Sessions.local().stop();
    System.setProperty("spark.sql.files.minPartitionNum", "5");
    try (Cluster cluster = new SparkClusterProvider().connect("local[2]")) {
      assertThat(SparkSession.active().conf().get("spark.sql.files.minPartitionNum"))
          .isEqualTo("5");
      assertThat(cluster).isInstanceOf(SparkCluster.class);
    } finally {
      System.clearProperty("spark.sql.files.minPartitionNum");
    }
  }
}
