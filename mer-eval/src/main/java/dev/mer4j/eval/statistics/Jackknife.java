package dev.mer4j.eval.statistics;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes statistics with each video left out in turn (the delete-one-group jackknife; Efron and
 * Tibshirani, 1993, chapter 11). Segments of one video resemble each other, so whole videos are
 * left out, never single segments.
 */
final class Jackknife {
  private final int segments;
  private final List<int[]> videos;

  private Jackknife(int segments, List<int[]> videos) {
    this.segments = segments;
    this.videos = videos;
  }

  /** Returns the jackknife over the videos of these predictions. */
  static Jackknife overVideos(Predictions predictions) {
    Map<String, List<Integer>> segmentsOf = new LinkedHashMap<>();
    for (int s = 0; s < predictions.size(); s++) {
      Prediction row = predictions.rows().get(s);
      segmentsOf.computeIfAbsent(row.segment().id().video(), video -> new ArrayList<>()).add(s);
    }
    return new Jackknife(
        predictions.size(),
        segmentsOf.values().stream()
            .map(own -> own.stream().mapToInt(Integer::intValue).toArray())
            .toList());
  }

  /** Returns how many videos there are. */
  int videos() {
    return videos.size();
  }

  /** Computes a statistic on all segments, and without each video. */
  LeaveOneOut of(Statistic statistic) {
    int[] weights = once();
    double estimate = statistic.of(weights);
    double[] without = new double[videos.size()];
    for (int v = 0; v < without.length; v++) {
      set(weights, videos.get(v), 0);
      without[v] = statistic.of(weights);
      set(weights, videos.get(v), 1);
    }
    return new LeaveOneOut(estimate, without);
  }

  /** Computes a statistic on all segments. */
  double estimate(Statistic statistic) {
    return statistic.of(once());
  }

  private int[] once() {
    int[] weights = new int[segments];
    Arrays.fill(weights, 1);
    return weights;
  }

  private static void set(int[] weights, int[] segments, int weight) {
    for (int segment : segments) {
      weights[segment] = weight;
    }
  }
}
