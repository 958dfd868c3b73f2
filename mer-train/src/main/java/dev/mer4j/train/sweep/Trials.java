package dev.mer4j.train.sweep;

import dev.mer4j.MerException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The results of all seeds of all settings. */
public record Trials(List<Trial> all) {
  public Trials {
    all = List.copyOf(all);
  }

  /** Returns the settings, in order of first occurrence. */
  public List<String> settings() {
    return all.stream().map(Trial::setting).distinct().toList();
  }

  /** Returns the names of the scores, in order of first occurrence. */
  public List<String> scores() {
    return all.stream().flatMap(trial -> trial.scores().keySet().stream()).distinct().toList();
  }

  /** Returns the mean and deviation of a setting's score over its seeds. */
  public SampleStatistics statistics(String setting, String score) {
    return statistics(bySeed(setting, score));
  }

  /**
   * Returns the paired difference of one setting's score from another's, seed by seed, which
   * cancels the effect of the seed on both.
   *
   * @throws MerException if no seed was run with both
   */
  public SampleStatistics difference(String setting, String reference, String score) {
    Map<Long, Double> ours = bySeed(setting, score);
    Map<Long, Double> theirs = bySeed(reference, score);
    ours.keySet().retainAll(theirs.keySet());
    if (ours.isEmpty()) {
      throw new MerException(
          String.format(Locale.ROOT, "no seed was run with both %s and %s", setting, reference));
    }
    ours.replaceAll((seed, value) -> value - theirs.getOrDefault(seed, Double.NaN));
    return statistics(ours);
  }

  /** Returns a setting's score by seed, in the order of the seeds. */
  public Map<Long, Double> bySeed(String setting, String score) {
    Map<Long, Double> values = new TreeMap<>();
    for (Trial trial : all) {
      Double value = trial.scores().get(score);
      if (trial.setting().equals(setting) && value != null) {
        values.put(trial.seed(), value);
      }
    }
    return values;
  }

  private static SampleStatistics statistics(Map<Long, Double> values) {
    return SampleStatistics.of(values.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
