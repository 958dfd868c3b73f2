package dev.mer4j.data.segment;

import dev.mer4j.data.csd.CsdEntry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The rows of one entry in time order, and the rule that assigns them to an interval.
 *
 * <p>Source of the rule: {@code align} in the CMU Multimodal SDK, reproduced comparison by
 * comparison, so that the boundary rows are the same. Rows that start and end at the same time are
 * instants. The SDK never keeps them; here they belong to the interval [start, end) that contains
 * them.
 */
public final class Overlap {
  private static final double EPSILON = 1e-5;

  private final CsdEntry entry;
  private final int[] byStart;

  /** The latest end of each row in time order and all rows before it. */
  private final double[] latestEnd;

  public Overlap(CsdEntry entry) {
    this.entry = entry;
    byStart = isSorted(entry) ? IntStream.range(0, entry.count()).toArray() : sorted(entry);
    latestEnd = new double[byStart.length];
    double latest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < byStart.length; i++) {
      latest = Math.max(latest, entry.end(byStart[i]));
      latestEnd[i] = latest;
    }
  }

  private static boolean isSorted(CsdEntry entry) {
    for (int row = 1; row < entry.count(); row++) {
      if (Double.compare(entry.start(row - 1), entry.start(row)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static int[] sorted(CsdEntry entry) {
    return IntStream.range(0, entry.count())
        .boxed()
        .sorted(Comparator.comparingDouble(entry::start))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns whether an interval is too short to be a segment. */
  static boolean negligible(double start, double end) {
    return Math.abs(start - end) < EPSILON;
  }

  /** Returns the rows that overlap the interval, possibly none. */
  public SegmentRows within(double start, double end) {
    int from = firstNotBefore(start);
    int to = from;
    while (to < byStart.length && !isAfter(byStart[to], end)) {
      to++;
    }
    int[] kept = new int[to - from];
    double[] intervals = new double[2 * (to - from)];
    int count = 0;
    double first = Double.NaN;
    double last = Double.NaN;
    for (int i = from; i < to; i++) {
      int row = byStart[i];
      double clippedStart = Math.max(entry.start(row), start);
      double clippedEnd = Math.min(entry.end(row), end);
      boolean lasting =
          !isBefore(entry.end(row), start) && Math.abs(clippedStart - clippedEnd) > EPSILON;
      if (lasting || instantWithin(row, start, end)) {
        first = count == 0 ? clippedStart : first;
        last = clippedEnd;
        intervals[2 * count] = clippedStart;
        intervals[2 * count + 1] = clippedEnd;
        kept[count++] = row;
      }
    }
    return count == kept.length
        ? new SegmentRows(entry.rows(), kept, first, last, intervals)
        : new SegmentRows(
            entry.rows(),
            Arrays.copyOf(kept, count),
            first,
            last,
            Arrays.copyOf(intervals, 2 * count));
  }

  /** Returns the first row in time order such that it or an earlier one does not end before. */
  private int firstNotBefore(double start) {
    int low = 0;
    int high = latestEnd.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(latestEnd[middle], start)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean isBefore(double end, double start) {
    return !(end - start > -EPSILON);
  }

  private boolean isAfter(int row, double end) {
    return !(end - entry.start(row) > -EPSILON);
  }

  private boolean instantWithin(int row, double start, double end) {
    double time = entry.start(row);
    return time == entry.end(row) && start <= time && time < end;
  }

  /** Returns all rows. */
  public SegmentRows all() {
    int count = byStart.length;
    double[] intervals = new double[2 * count];
    for (int i = 0; i < count; i++) {
      intervals[2 * i] = entry.start(byStart[i]);
      intervals[2 * i + 1] = entry.end(byStart[i]);
    }
    return new SegmentRows(
        entry.rows(),
        byStart,
        count == 0 ? Double.NaN : entry.start(byStart[0]),
        count == 0 ? Double.NaN : entry.end(byStart[count - 1]),
        intervals);
  }
}
