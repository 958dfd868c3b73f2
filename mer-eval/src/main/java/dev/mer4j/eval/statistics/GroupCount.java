package dev.mer4j.eval.statistics;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.SegmentInfo;
import java.util.List;
import java.util.Locale;

/**
 * The number of groups of segments, and the noun for one of them.
 *
 * @param areVideos whether each segment's group is its video
 */
public record GroupCount(int count, boolean areVideos) {
  static GroupCount of(Predictions predictions) {
    return of(predictions.rows());
  }

  static GroupCount of(List<Prediction> rows) {
    List<SegmentInfo> segments = rows.stream().map(Prediction::segment).toList();
    int groups = (int) segments.stream().map(SegmentInfo::group).distinct().count();
    return new GroupCount(
        groups, segments.stream().allMatch(each -> each.group().equals(each.id().video())));
  }

  /** Returns {@code video} or {@code group}. */
  public String noun() {
    return areVideos ? "video" : "group";
  }

  /** Returns {@code videos} or {@code groups}. */
  public String plural() {
    return noun() + "s";
  }

  /** Returns the count with the noun, such as {@code 30 groups}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d %s", count, count == 1 ? noun() : plural());
  }
}
