package dev.mer4j.spark;

import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.StorePart;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Divides a preparation into parts, one for each task. */
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

  /** Returns the parts of the tasks. */
  List<StorePart> parts() {
    return preparation().sharded().plan(count(), false);
  }

  /** Returns the parts of the tasks, with their places if all tasks run in this process. */
  List<StorePart> placedParts() {
    return preparation().sharded().plan(count(), context.isLocal());
  }

  private int count() {
    return context.defaultParallelism() * TASKS_PER_CORE;
  }

  /** Returns the parts in a partition each. */
  JavaRDD<StorePart> partitions(List<StorePart> parts) {
    return context.parallelize(parts, parts.size());
  }
}
