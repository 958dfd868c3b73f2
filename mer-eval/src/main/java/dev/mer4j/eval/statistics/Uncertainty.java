package dev.mer4j.eval.statistics;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * 95 % intervals of what matters most, from one bootstrap over videos.
 *
 * @param videos how many there are to draw from
 * @param macroF1 in the task that the model was trained for
 * @param f1 of each emotion's positives
 */
public record Uncertainty(
    int videos,
    int resamples,
    long seed,
    Interval macroF1,
    Interval balancedAccuracy,
    Interval averagePrecision,
    Interval rocAuc,
    Map<Emotion, Interval> f1) {
  public Uncertainty {
    f1 = Collections.unmodifiableMap(new EnumMap<>(f1));
  }

  /**
   * Resamples the predictions' videos.
   *
   * @param resamples at least 100; 1000 give two good digits
   */
  public static Uncertainty of(Predictions predictions, int resamples, long seed) {
    Bootstrap bootstrap = Bootstrap.overVideos(predictions, resamples, seed);
    WeightedMetrics metrics = new WeightedMetrics(predictions);
    List<Interval> headline =
        bootstrap.intervals(
            List.of(
                metrics.macroF1(),
                metrics.balancedAccuracy(),
                metrics.averagePrecision(),
                metrics.rocAuc()));
    List<Interval> perEmotion =
        bootstrap.intervals(Arrays.stream(Emotion.values()).map(metrics::f1).toList());
    Map<Emotion, Interval> f1 = new EnumMap<>(Emotion.class);
    for (Emotion emotion : Emotion.values()) {
      f1.put(emotion, perEmotion.get(emotion.ordinal()));
    }
    return new Uncertainty(
        bootstrap.videos(),
        resamples,
        seed,
        headline.get(0),
        headline.get(1),
        headline.get(2),
        headline.get(3),
        f1);
  }
}
