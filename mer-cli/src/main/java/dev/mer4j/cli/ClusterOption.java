package dev.mer4j.cli;

import dev.mer4j.MerException;
import dev.mer4j.train.cluster.Cluster;
import dev.mer4j.train.cluster.ClusterProvider;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --spark}. The launcher adds Spark to the class path if it is given. */
final class ClusterOption {
  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description =
          "Run on Apache Spark: local[*], local[N], or spark://HOST:PORT. Files must be on a file"
              + " system that all machines share. See docs/spark.md.")
  private @Nullable String master;

  boolean isGiven() {
    return master != null;
  }

  /**
   * Connects to the cluster.
   *
   * @throws dev.mer4j.ConfigException if the master is malformed
   * @throws MerException if it cannot be reached, or Spark is not on the class path
   */
  Cluster connect() {
    if (master == null) {
      throw new IllegalStateException("--spark is not given");
    }
    return ServiceLoader.load(ClusterProvider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new MerException(
                    "--spark: Spark is not on the class path; run ./mer of a checkout, or"
                        + " spark-submit as in docs/spark.md"))
        .connect(master);
  }
}
