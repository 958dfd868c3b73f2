package dev.mer4j.eval.statistics;

import dev.mer4j.MerException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The sign-flip (randomization) test of two models' decisions, on videos. If neither model is
 * better, the difference of correct decisions in each video has either sign with equal probability.
 * Segments of one video may be correlated. With one segment per video this is McNemar's exact test.
 *
 * @param onlyA the number of segments that only the first model predicts correctly
 * @param onlyB the number of segments that only the second model predicts correctly
 * @param p two-sided p-value: the probability of an absolute difference of at least |onlyA - onlyB|
 *     if each video's difference has a random sign; exact up to {@value #EXACT} videos that differ,
 *     by the normal approximation above
 */
public record SignFlip(int onlyA, int onlyB, double p) {
  private static final int EXACT = 10_000;

  /**
   * Runs the test.
   *
   * @param videos [N], the video of each segment
   * @param rightA [N], whether the first model is correct
   * @param rightB [N], whether the second model is correct
   * @throws MerException if the lengths differ
   */
  public static SignFlip of(String[] videos, boolean[] rightA, boolean[] rightB) {
    if (rightA.length != videos.length || rightB.length != videos.length) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "the sign-flip test requires one decision of each model per segment: %d segments,"
                  + " %d and %d decisions",
              videos.length,
              rightA.length,
              rightB.length));
    }
    int onlyA = 0;
    int onlyB = 0;
    Map<String, Integer> difference = new HashMap<>();
    for (int s = 0; s < videos.length; s++) {
      int minus = (rightA[s] ? 1 : 0) - (rightB[s] ? 1 : 0);
      onlyA += minus > 0 ? 1 : 0;
      onlyB += minus < 0 ? 1 : 0;
      difference.merge(videos[s], minus, Integer::sum);
    }
    int[] sizes =
        difference.values().stream().mapToInt(Math::abs).filter(d -> d > 0).sorted().toArray();
    return new SignFlip(onlyA, onlyB, p(sizes, Math.abs(onlyA - onlyB)));
  }

  static double p(int[] sizes, int observed) {
    return sizes.length > EXACT ? normal(sizes, observed) : exact(sizes, observed);
  }

  /** Computes the distribution of the sum of randomly signed differences, video by video. */
  static double exact(int[] sizes, int observed) {
    int reach = Arrays.stream(sizes).sum();
    double[] chance = new double[2 * reach + 1];
    chance[reach] = 1;
    int reached = 0;
    for (int size : sizes) {
      double[] next = new double[chance.length];
      for (int sum = reach - reached; sum <= reach + reached; sum++) {
        next[sum - size] += chance[sum] / 2;
        next[sum + size] += chance[sum] / 2;
      }
      reached += size;
      chance = next;
    }
    double tail = 0;
    for (int sum = 0; sum <= reach - observed; sum++) {
      tail += chance[sum];
    }
    return Math.min(1, 2 * tail);
  }

  /**
   * Computes the normal approximation, with a continuity correction for sums that are two apart.
   */
  static double normal(int[] sizes, int observed) {
    double variance = Arrays.stream(sizes).mapToDouble(size -> (double) size * size).sum();
    double z = Math.max(0, observed - 1) / Math.sqrt(variance);
    return 2 * NormalDistribution.of(0, 1).survivalProbability(z);
  }
}
