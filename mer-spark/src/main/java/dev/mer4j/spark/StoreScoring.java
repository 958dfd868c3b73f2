package dev.mer4j.spark;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.store.SegmentStore;
import java.lang.ref.Reference;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Scores segments of a store, whose features the model reads without a copy. */
record StoreScoring(Broadcast<SharedStore> store, TaskScoring scoring)
    implements MapPartitionsFunction<Long, Row> {
  @Override
  public Iterator<Row> call(Iterator<Long> segments) {
    SharedStore shared = store.value();
    SegmentStore open = shared.open();
    SegmentSet all = open.allSegments();
    return scoring.score(
        new MappedIterator<>(segments, each -> item(shared, all, Math.toIntExact(each))),
        open.info().labels());
  }

  /** The item keeps the shared store reachable, which therefore stays open. */
  private static ScoredItem item(SharedStore shared, SegmentSet all, int segment) {
    SegmentInfo info = all.info(segment);
    return new ScoredItem(
        SegmentColumns.row(info, shared.open().splitOf(segment)),
        info.id().toString(),
        info,
        0,
        (modality, target, offset) -> {
          try {
            all.read(segment, modality, target, offset);
          } finally {
            Reference.reachabilityFence(shared);
          }
        },
        ModalitySet.NONE);
  }
}
