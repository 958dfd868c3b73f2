package dev.mer4j.spark;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.store.SegmentStore;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Scores segments of a store, whose features the model reads without a copy. */
record StoreScoring(Broadcast<SharedStore> store, ScoringFunction scoring)
    implements MapPartitionsFunction<Long, Row> {
  @Override
  public Iterator<Row> call(Iterator<Long> segments) {
    SegmentStore open = store.value().open();
    SegmentSet all = open.allSegments();
    return scoring.score(
        new MappedIterator<>(segments, each -> item(open, all, Math.toIntExact(each))),
        open.info().labels());
  }

  private static ScoredItem item(SegmentStore open, SegmentSet all, int segment) {
    SegmentInfo info = all.info(segment);
    return new ScoredItem(
        SegmentColumns.row(info, open.splitOf(segment)),
        info.id().toString(),
        info,
        0,
        (modality, target, offset) -> all.read(segment, modality, target, offset),
        ModalitySet.NONE);
  }
}
