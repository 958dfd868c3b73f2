package dev.mer4j.spark;

import dev.mer4j.train.cluster.Cluster;
import dev.mer4j.train.cluster.ClusterProvider;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Connects to Apache Spark. */
public final class SparkClusterProvider implements ClusterProvider {
  /** System property of the launcher: the folder of Spark's jars, which executors have already. */
  static final String SPARK_JARS = "mer.spark.jars";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String LARGEST_TASK = "spark.sql.files.maxPartitionBytes";
  private static final String FEWEST_TASKS = "spark.sql.files.minPartitionNum";
  private static final int TASKS_PER_CORE = 4;

  /** Creates a provider; {@link java.util.ServiceLoader} calls it. */
  public SparkClusterProvider() {}

  @Override
  public Cluster connect(String master) {
    MasterUrl url = new MasterUrl(master);
    url.requireReachable();
    SparkConf conf = new SparkConf().setMaster(master);
    conf.setIfMissing("spark.app.name", "mer4j");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // A second copy of a task would write the same run folder.
    conf.set("spark.speculation", "false");
    if (url.isLocal()) {
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      conf.setIfMissing(LARGEST_TASK, "1g");
      LocalFiles.use(conf);
    } else {
      conf.setIfMissing("spark.jars", String.join(",", ownJars()));
    }
    return SparkCluster.run(
        "cannot start Spark on '" + master + "'",
        () -> {
          SparkSession session = SparkSession.builder().config(conf).getOrCreate();
          if (url.isLocal()) {
            balance(session);
          }
          return new SparkCluster(session);
        });
  }

  /** Makes tasks that read files small enough for every core to get several. */
  private static void balance(SparkSession session) {
    if (session.conf().getOption(FEWEST_TASKS).isEmpty()) {
      int cores = session.sparkContext().defaultParallelism();
      session.conf().set(FEWEST_TASKS, (long) cores * TASKS_PER_CORE);
    }
  }

  /** Returns the jars of the class path that are not Spark's. */
  private static List<String> ownJars() {
    String spark = System.getProperty(SPARK_JARS);
    Path folder = spark == null ? null : Path.of(spark).toAbsolutePath().normalize();
    List<String> jars = new ArrayList<>();
    for (String each : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      Path jar = Path.of(each).toAbsolutePath().normalize();
      boolean own = folder != null && !Objects.equals(jar.getParent(), folder);
      if (own && each.endsWith(".jar") && Files.isRegularFile(jar)) {
        jars.add(jar.toString());
      }
    }
    return jars;
  }
}
