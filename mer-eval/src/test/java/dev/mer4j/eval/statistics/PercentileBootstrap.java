package dev.mer4j.eval.statistics;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Percentiles of resamples of whole videos, for comparison with the jackknife. */
final class PercentileBootstrap {
  private static final int RESAMPLES = 400;

  private PercentileBootstrap() {}

  static List<Interval> intervals(Predictions predictions) {
    Map<String, List<Integer>> segmentsOf = new LinkedHashMap<>();
    for (int s = 0; s < predictions.size(); s++) {
      String video = predictions.rows().get(s).segment().id().video();
      segmentsOf.computeIfAbsent(video, v -> new ArrayList<>()).add(s);
    }
    List<List<Integer>> videos = List.copyOf(segmentsOf.values());
    SeedStream draws = new Seeds(predictions.size()).stream("bootstrap");
    WeightedMetrics metrics = new WeightedMetrics(predictions);
    double[][] values = new double[RESAMPLES][];
    for (int r = 0; r < RESAMPLES; r++) {
      int[] weights = new int[predictions.size()];
      for (int v = 0; v < videos.size(); v++) {
        videos.get(draws.nextInt(videos.size())).forEach(s -> weights[s]++);
      }
      values[r] = metrics.of(weights);
    }
    return IntStream.range(0, WeightedMetrics.names(Emotion.MOSEI).size())
        .mapToObj(i -> interval(Arrays.stream(values).mapToDouble(each -> each[i]).toArray()))
        .toList();
  }

  private static Interval interval(double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double tail = (1 - Interval.LEVEL) / 2;
    int low = (int) Math.round(tail * (sorted.length - 1));
    return new Interval(Double.NaN, sorted[low], sorted[sorted.length - 1 - low]);
  }
}
