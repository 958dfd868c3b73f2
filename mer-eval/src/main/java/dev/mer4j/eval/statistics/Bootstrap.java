package dev.mer4j.eval.statistics;

import dev.mer4j.ConfigException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bootstrap over videos: segments of one video resemble each other, so whole videos are drawn,
 * with replacement, as many as there are. Intervals are percentiles (Efron and Tibshirani, 1993,
 * chapter 13; for clusters Davison and Hinkley, 1997, section 3.8).
 */
public final class Bootstrap {
  /** The share of intervals that ought to hold the true value. */
  public static final double LEVEL = 0.95;

  private final int[] videoOf;
  private final int videos;
  private final int resamples;
  private final long seed;

  private Bootstrap(int[] videoOf, int videos, int resamples, long seed) {
    if (resamples < 100) {
      throw new ConfigException("a bootstrap needs at least 100 resamples: " + resamples);
    }
    this.videoOf = videoOf;
    this.videos = videos;
    this.resamples = resamples;
    this.seed = seed;
  }

  /** Returns the bootstrap over the videos of these predictions. */
  public static Bootstrap overVideos(Predictions predictions, int resamples, long seed) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] videoOf = new int[predictions.size()];
    for (int s = 0; s < videoOf.length; s++) {
      Prediction row = predictions.rows().get(s);
      videoOf[s] = numbers.computeIfAbsent(row.segment().id().video(), video -> numbers.size());
    }
    return new Bootstrap(videoOf, numbers.size(), resamples, seed);
  }

  /** N. */
  public int segments() {
    return videoOf.length;
  }

  public int videos() {
    return videos;
  }

  public int resamples() {
    return resamples;
  }

  /** The middle {@value #LEVEL} of each statistic's draws; all see the same resamples. */
  public List<Interval> intervals(List<Statistic> statistics) {
    return draws(statistics).stream().map(Draws::interval).toList();
  }

  /** What each statistic is in each resample. */
  List<Draws> draws(List<Statistic> statistics) {
    double[][] values = new double[statistics.size()][resamples];
    SeedStream draws = new Seeds(seed).stream("bootstrap");
    int[] ofVideo = new int[videos];
    int[] weights = new int[videoOf.length];
    for (int r = 0; r < resamples; r++) {
      Arrays.fill(ofVideo, 0);
      for (int v = 0; v < videos; v++) {
        ofVideo[draws.nextInt(videos)]++;
      }
      for (int s = 0; s < weights.length; s++) {
        weights[s] = ofVideo[videoOf[s]];
      }
      for (int i = 0; i < values.length; i++) {
        values[i][r] = statistics.get(i).of(weights);
      }
    }
    int[] once = new int[videoOf.length];
    Arrays.fill(once, 1);
    List<Draws> all = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      double[] defined = Arrays.stream(values[i]).filter(v -> !Double.isNaN(v)).sorted().toArray();
      all.add(new Draws(statistics.get(i).of(once), defined));
    }
    return all;
  }
}
