package dev.mer4j.spark;

import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Divides the videos of a preparation into ranges, one for each task. */
final class PreparationTasks {
  /** Tasks per core, so that a range of long videos does not end the job alone. */
  private static final int TASKS_PER_CORE = 4;

  private final JavaSparkContext context;
  private final SharedPreparation preparation;
  private final Broadcast<SharedPreparation> broadcast;

  PreparationTasks(JavaSparkContext context, PreparationFactory data) {
    this.context = context;
    preparation = new SharedPreparation(data);
    broadcast = context.broadcast(preparation);
  }

  /** Returns the preparation of the driver. */
  Preparation preparation() {
    return preparation.get();
  }

  /** Returns the preparation of executors. */
  Broadcast<SharedPreparation> broadcast() {
    return broadcast;
  }

  /** Returns contiguous ranges of the videos. */
  List<VideoRange> ranges(int videos) {
    return VideoRange.of(videos, count());
  }

  /** Returns the maximum number of tasks. */
  int count() {
    return context.defaultParallelism() * TASKS_PER_CORE;
  }

  /** Returns whether all tasks run in this process. */
  boolean areLocal() {
    return context.isLocal();
  }

  /** Returns the works of tasks in a partition each. */
  <T> JavaRDD<T> partitions(List<T> works) {
    return context.parallelize(works, works.size());
  }
}
