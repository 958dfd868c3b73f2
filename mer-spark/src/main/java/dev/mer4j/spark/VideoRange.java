package dev.mer4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The videos [from, to) of a task. */
record VideoRange(int from, int to) implements Serializable {
  /** Tasks per core, so that a range of long videos does not end the job alone. */
  private static final int TASKS_PER_CORE = 4;

  /** Divides videos into contiguous ranges; at least one. */
  static List<VideoRange> of(int videos, int cores) {
    int tasks = Math.max(1, Math.min(videos, cores * TASKS_PER_CORE));
    List<VideoRange> ranges = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      ranges.add(
          new VideoRange(
              (int) ((long) videos * task / tasks), (int) ((long) videos * (task + 1) / tasks)));
    }
    return ranges;
  }
}
