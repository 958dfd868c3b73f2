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

  public Overlap(CsdEntry entry) {
    this.entry = entry;
    byStart =
        IntStream.range(0, entry.count())
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
    int[] kept = new int[byStart.length];
    double[] intervals = new double[2 * byStart.length];
    int count = 0;
    double first = Double.NaN;
    double last = Double.NaN;
    for (int row : byStart) {
      boolean intersects = end - entry.start(row) > -EPSILON && entry.end(row) - start > -EPSILON;
      double clippedStart = Math.max(entry.start(row), start);
      double clippedEnd = Math.min(entry.end(row), end);
      boolean lasting = intersects && Math.abs(clippedStart - clippedEnd) > EPSILON;
      if (lasting || instantWithin(row, start, end)) {
        first = count == 0 ? clippedStart : first;
        last = clippedEnd;
        intervals[2 * count] = clippedStart;
        intervals[2 * count + 1] = clippedEnd;
        kept[count++] = row;
      }
    }
    return new SegmentRows(
        entry.rows(), Arrays.copyOf(kept, count), first, last, Arrays.copyOf(intervals, 2 * count));
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
