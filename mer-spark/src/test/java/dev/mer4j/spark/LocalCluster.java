package dev.mer4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** A master and two workers of this JVM, whose executors are other processes. */
public final class LocalCluster {
  public static final String MASTER = "local-cluster[2,1,1024]";

  private LocalCluster() {}

  /** Returns settings by which executors have the class path of this JVM. */
  public static List<String[]> settings() {
    return List.of(
        new String[] {"spark.executor.extraClassPath", System.getProperty("java.class.path")},
        new String[] {"spark.driver.host", "127.0.0.1"},
        new String[] {"spark.driver.bindAddress", "127.0.0.1"});
  }

  /** Creates the folder of jars that a worker looks for; the class path has them already. */
  public static void createHome() throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
  }

  /** Returns the processes of executors: the workers of this JVM start them, and nothing else. */
  public static List<ProcessHandle> executors() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
  }

  /** Kills an executor after some tasks. */
  static final class Killer extends SparkListener {
    private final int tasks;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger removed = new AtomicInteger();

    Killer(int tasks) {
      this.tasks = tasks;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (ended.incrementAndGet() == tasks) {
        executors().get(0).destroyForcibly();
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
      removed.incrementAndGet();
    }

    int removed() {
      return removed.get();
    }
  }
}
