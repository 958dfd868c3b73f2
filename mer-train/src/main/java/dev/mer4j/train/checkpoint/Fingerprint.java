package dev.mer4j.train.checkpoint;

import dev.mer4j.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What tells one run from another: every setting and a digest of the data, by name. Two runs with
 * equal fingerprints do the same thing, bit for bit.
 *
 * @param facts a name, such as {@code learning rate}, and its value as text
 */
public record Fingerprint(Map<String, String> facts) {
  private static final String NOTHING = "nothing";

  public Fingerprint {
    facts = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(facts)));
  }

  /** Names every fact that differs from a run now, with both values; empty for the same run. */
  public List<String> differencesFrom(Fingerprint now) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(now.facts.keySet());
    for (String name : names) {
      String then = facts.getOrDefault(name, NOTHING);
      String today = now.facts.getOrDefault(name, NOTHING);
      if (!then.equals(today)) {
        differences.add(String.format(Locale.ROOT, "%s was %s and is %s", name, then, today));
      }
    }
    return differences;
  }

  /**
   * Makes sure that what was saved belongs to a run now.
   *
   * @param file what was saved
   * @throws ConfigException if it is of another run; it lists what differs
   */
  public void requireSame(Path file, Fingerprint now) {
    List<String> differences = differencesFrom(now);
    if (!differences.isEmpty()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "%s is of another run: %s; use the same settings and data, or another folder",
              file,
              String.join("; ", differences)));
    }
  }
}
