package dev.mer4j.spark;

import dev.mer4j.data.store.StorePart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The videos [from, to) of a task. */
record VideoRange(int from, int to) implements Serializable {
  static VideoRange of(StorePart part) {
    return new VideoRange(part.from(), part.to());
  }

  /** Divides videos into contiguous ranges; at least one. */
  static List<VideoRange> of(int videos, int most) {
    int tasks = Math.max(1, Math.min(videos, most));
    List<VideoRange> ranges = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      ranges.add(
          new VideoRange(
              (int) ((long) videos * task / tasks), (int) ((long) videos * (task + 1) / tasks)));
    }
    return ranges;
  }
}
