package dev.mer4j.train.ablation;

import dev.mer4j.train.sweep.SampleStatistics;
import dev.mer4j.train.sweep.Trials;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The gain of a setting over the reference on all data sets of an ablation.
 *
 * @param mean the mean over the data sets, seed by seed: its statistics over the seeds
 * @param byData the paired differences on each data set
 */
public record Gain(String setting, SampleStatistics mean, Map<String, SampleStatistics> byData) {
  /** The largest significant loss on a data set with which a setting is accepted. */
  public static final double LARGEST_LOSS = 0.01;

  /**
   * Computes a gain from the seeds that both settings have on all data sets.
   *
   * @param trials by data set
   * @param score the compared score
   */
  public static Gain of(
      Map<String, Trials> trials, String setting, String reference, String score) {
    Map<String, SampleStatistics> byData = new LinkedHashMap<>();
    Map<Long, List<Double>> bySeed = new TreeMap<>();
    trials.forEach(
        (name, own) -> {
          Map<Long, Double> ours = own.bySeed(setting, score);
          Map<Long, Double> theirs = own.bySeed(reference, score);
          Set<Long> both = new HashSet<>(ours.keySet());
          both.retainAll(theirs.keySet());
          if (!both.isEmpty()) {
            byData.put(name, own.difference(setting, reference, score));
          }
          both.forEach(
              seed ->
                  bySeed
                      .computeIfAbsent(seed, none -> new ArrayList<>())
                      .add(
                          ours.getOrDefault(seed, Double.NaN)
                              - theirs.getOrDefault(seed, Double.NaN)));
        });
    double[] means =
        bySeed.values().stream()
            .filter(differences -> differences.size() == trials.size())
            .mapToDouble(
                differences ->
                    differences.stream().mapToDouble(Double::doubleValue).average().orElse(0))
            .toArray();
    return new Gain(setting, SampleStatistics.of(means), byData);
  }

  /** Returns the name of the data set with the largest loss, or smallest gain. */
  public String worst() {
    return byData.entrySet().stream()
        .min(Comparator.comparingDouble(each -> each.getValue().mean()))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /**
   * Returns whether the setting is better by the rule of the protocol: the interval of the mean is
   * above 0, and no data set has a mean loss of more than {@value #LARGEST_LOSS} whose interval
   * excludes 0.
   */
  public boolean accepted() {
    return mean.mean() > 0
        && mean.differsFromZero()
        && byData.values().stream()
            .noneMatch(each -> each.mean() < -LARGEST_LOSS && each.differsFromZero());
  }
}
