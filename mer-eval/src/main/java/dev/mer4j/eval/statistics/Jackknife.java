package dev.mer4j.eval.statistics;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Computes statistics with each video omitted in turn (the delete-one-group jackknife; Efron and
 * Tibshirani, 1993, chapter 11). Segments of one video are correlated, so whole videos are omitted,
 * never single segments.
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
    return overVideos(predictions.rows());
  }

  /** Returns the jackknife over the videos of these segments. */
  static Jackknife overVideos(List<Prediction> rows) {
    Map<String, List<Integer>> segmentsOf = new LinkedHashMap<>();
    for (int s = 0; s < rows.size(); s++) {
      String group = rows.get(s).segment().group();
      segmentsOf.computeIfAbsent(group, each -> new ArrayList<>()).add(s);
    }
    return new Jackknife(
        rows.size(),
        segmentsOf.values().stream()
            .map(own -> own.stream().mapToInt(Integer::intValue).toArray())
            .toList());
  }

  /** Computes each number of a statistic on all segments, and without each video. */
  List<LeaveOneOut> of(Statistic statistic) {
    int[] weights = new int[segments];
    Arrays.fill(weights, 1);
    double[] estimates = statistic.of(weights);
    double[][] without = new double[estimates.length][videos.size()];
    for (int v = 0; v < videos.size(); v++) {
      set(weights, videos.get(v), 0);
      double[] values = statistic.of(weights);
      for (int i = 0; i < values.length; i++) {
        without[i][v] = values[i];
      }
      set(weights, videos.get(v), 1);
    }
    return IntStream.range(0, estimates.length)
        .mapToObj(i -> new LeaveOneOut(estimates[i], without[i]))
        .toList();
  }

  private static void set(int[] weights, int[] segments, int weight) {
    for (int segment : segments) {
      weights[segment] = weight;
    }
  }
}
