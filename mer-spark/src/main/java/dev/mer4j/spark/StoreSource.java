package dev.mer4j.spark;

import dev.mer4j.data.store.SegmentStore;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The segments of a store, in their order. */
final class StoreSource implements ScoringSource {
  /** The most segments of a task; all cores get the same number of tasks. */
  private static final int MOST = 2048;

  private final SparkSession session;
  private final SharedStore store;
  private final Broadcast<SharedStore> broadcast;

  /**
   * Names a store.
   *
   * @param file on a file system that all executors share
   */
  StoreSource(SparkSession session, Path file) {
    this.session = session;
    store = new SharedStore(file);
    broadcast = JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(store);
  }

  @Override
  public Dataset<Row> score(
      EmotionClassificationModel model,
      boolean keep,
      OutputColumns columns,
      SummaryAccumulator summary) {
    SegmentStore open = store.open();
    int size = open.allSegments().size();
    int cores = session.sparkContext().defaultParallelism();
    int rounds = Math.max(1, (int) Math.ceil(size / ((double) cores * MOST)));
    int tasks = Math.max(1, Math.min(size, rounds * cores));
    TaskScoring scoring =
        model.scoring(
            session, open.widths(), open.info().labels(), ScoringOutput.of(columns, keep, summary));
    return session
        .range(0, size, 1, tasks)
        .mapPartitions(
            new StoreScoring(broadcast, scoring), Encoders.row(scoring.schemaOfOutput()));
  }

  @Override
  public void close() {
    try (store) {
      broadcast.destroy();
    }
  }
}
