package dev.mer4j.spark;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.store.StorePart;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Prepares a range of videos and scores their segments, whose features never become rows.
 *
 * @param labels the keys of the labels of the data
 * @param statistics the folder of the tasks' statistics
 */
record PreparedScoring(
    Broadcast<SharedPreparation> preparation,
    TaskScoring scoring,
    List<String> labels,
    String statistics)
    implements FlatMapFunction<StorePart, Row> {
  PreparedScoring {
    labels = List.copyOf(labels);
  }

  @Override
  public Iterator<Row> call(StorePart part) {
    return scoring.score(
        new MappedIterator<>(
            PreparedItems.open(preparation, part, statistics),
            each ->
                ScoredItem.of(
                    SegmentColumns.row(each.segment().info(), each.split()), each.segment())),
        labels.stream().map(Emotion::of).toList());
  }
}
