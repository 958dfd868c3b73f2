package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.benchmark.SegmentTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The segments of the missing-modality benchmark, of a store or a CSV file.
 *
 * @param store null if the segments are from a CSV file
 */
record BenchmarkData(Path path, @Nullable SegmentStore store, Map<Split, SegmentSet> table)
    implements AutoCloseable {
  static BenchmarkData open(Path path) {
    return SegmentStore.isStore(path)
        ? new BenchmarkData(path, SegmentStore.open(path), Map.of())
        : new BenchmarkData(path, null, SegmentTable.read(path));
  }

  /**
   * Returns the segments of a split.
   *
   * @throws FileException if the split is empty
   */
  SegmentSet split(Split split) {
    if (store != null) {
      return Stores.split(store, split);
    }
    SegmentSet segments = table.get(split);
    if (segments == null || segments.size() == 0) {
      throw new FileException(path, "has no segments in the split '" + split.key() + "'");
    }
    return segments;
  }

  /** Returns the labels of the training split; empty if there is none. */
  List<EmotionScores> training() {
    SegmentSet training = store == null ? table.get(Split.TRAIN) : store.split(Split.TRAIN);
    return training == null ? List.of() : Evaluator.withPriorsFrom(training).training();
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }
}
