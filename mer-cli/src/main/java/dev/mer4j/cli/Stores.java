package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads splits of a store. */
final class Stores {
  private Stores() {}

  /**
   * Returns the segments of a split.
   *
   * @throws FileException if the split is empty
   */
  static SegmentSet split(SegmentStore store, Split split) {
    SegmentSet segments = store.split(split);
    if (segments.size() == 0) {
      Map<String, Integer> found = new TreeMap<>();
      store.info().segments().forEach((each, count) -> found.put(each.key(), count));
      throw new FileException(
          store.path(),
          String.format(
              Locale.ROOT,
              "has no segments in the split '%s', only in %s; prepare the data with --folds",
              split.key(),
              found));
    }
    return segments;
  }
}
