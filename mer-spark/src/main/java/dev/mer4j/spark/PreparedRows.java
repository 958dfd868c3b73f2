package dev.mer4j.spark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.PreparedSegments;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Prepares ranges of videos and returns their segments as rows of {@link SegmentColumns}.
 *
 * @param preparation created once per task
 * @param modalities the keys of the modalities of the rows
 */
record PreparedRows(PreparationFactory preparation, List<String> modalities)
    implements FlatMapFunction<VideoRange, Row> {
  PreparedRows {
    modalities = List.copyOf(modalities);
  }

  /** Returns the segments of all videos with all their modalities, in their order. */
  static Dataset<Row> of(SparkSession session, PreparationFactory preparation) {
    return of(session, preparation, PerModality.of());
  }

  /**
   * Returns the segments of all videos, in their order.
   *
   * @param inputs D of each modality of the model that reads them; empty for all modalities
   * @throws dev.mer4j.MerException if the data cannot be read, or do not fit the model
   */
  static Dataset<Row> of(
      SparkSession session, PreparationFactory preparation, PerModality<Integer> inputs) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Preparation own = preparation.create();
    List<VideoRange> ranges = VideoRange.of(own.videos().size(), context.defaultParallelism());
    try (PreparedSegments open = own.open(0, 0)) {
      List<Modality> read = open.widths().modalities();
      if (!inputs.isEmpty()) {
        InputColumns.requireWidths(inputs, open.widths());
        read = inputs.modalities();
      }
      StructType schema = SegmentColumns.schema(read, open.labels());
      List<String> keys = read.stream().map(Modality::key).toList();
      return session.createDataFrame(
          context.parallelize(ranges, ranges.size()).flatMap(new PreparedRows(preparation, keys)),
          schema);
    }
  }

  @Override
  public Iterator<Row> call(VideoRange range) {
    PreparedSegments open = preparation.create().open(range.from(), range.to());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> open.close());
    return new Rows(open, modalities.stream().map(Modality::of).toList());
  }

  /** The rows of one video after the other. */
  private static final class Rows implements Iterator<Row> {
    private final PreparedSegments videos;
    private final List<Modality> modalities;
    private final Deque<Row> pending = new ArrayDeque<>();

    Rows(PreparedSegments videos, List<Modality> modalities) {
      this.videos = videos;
      this.modalities = modalities;
    }

    @Override
    public boolean hasNext() {
      while (pending.isEmpty() && videos.hasNext()) {
        PreparedSegments.Video video = videos.next();
        for (Segment segment : video.segments()) {
          pending.add(
              SegmentColumns.row(
                  segment.info(), video.split(), modalities, segment.features()::get));
        }
      }
      return !pending.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return pending.remove();
    }
  }
}
