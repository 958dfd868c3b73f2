package dev.mer4j.spark;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.store.SegmentStore;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Scores segments of a store, whose features never become rows.
 *
 * @param store the file, on a file system that all executors share
 */
record StoreScoring(String store, ScoringFunction scoring)
    implements MapPartitionsFunction<Long, Row> {
  /** The fewest segments of a task, unless there are fewer tasks than cores. */
  private static final int LEAST = 2048;

  /**
   * Returns the scored segments of a store, in their order.
   *
   * @param keep whether to copy the columns without features to the output
   * @throws dev.mer4j.MerException if the store cannot be read, or does not fit the model
   */
  static Dataset<Row> of(
      SparkSession session,
      Path store,
      EmotionClassificationModel model,
      boolean keep,
      OutputColumns outputs) {
    try (SegmentStore open = SegmentStore.open(store)) {
      int size = open.allSegments().size();
      int cores = session.sparkContext().defaultParallelism();
      int tasks = Math.max(1, Math.max(Math.min(cores, size), size / LEAST));
      ScoringFunction scoring =
          model.scoring(session, open.widths(), open.info().labels(), keep, outputs);
      return session
          .range(0, size, 1, tasks)
          .mapPartitions(
              new StoreScoring(store.toAbsolutePath().toString(), scoring),
              Encoders.row(scoring.output()));
    }
  }

  @Override
  public Iterator<Row> call(Iterator<Long> segments) {
    SegmentStore open = SegmentStore.open(Path.of(store));
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> open.close());
    SegmentSet all = open.allSegments();
    List<Emotion> labels = open.info().labels();
    List<Modality> read = scoring.modalities();
    return scoring.score(
        new MappedIterator<>(segments, each -> item(open, all, Math.toIntExact(each), read)),
        labels);
  }

  private static WindowScorer.Item item(
      SegmentStore open, SegmentSet all, int segment, List<Modality> read) {
    SegmentInfo info = all.info(segment);
    PerModality.Builder<Features> features = PerModality.builder();
    for (Modality modality : read) {
      if (info.steps().has(modality)) {
        features.put(modality, all.features(segment, modality));
      }
    }
    Segment own = new Segment(info.id(), info.start(), info.end(), info.scores(), features.build());
    return new WindowScorer.Item(
        SegmentColumns.row(info, open.splitOf(segment)), info.id().toString(), own);
  }
}
