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
 * The identity of a run: every setting and a digest of the data, by name. Two runs with equal
 * fingerprints produce the same bits.
 *
 * @param facts values as text by name, such as {@code learning rate}
 */
public record Fingerprint(Map<String, String> facts) {
  private static final String NOTHING = "nothing";

  public Fingerprint {
    facts = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(facts)));
  }

  /** Describes every fact that differs from the current run, with both values. */
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
   * Checks that a saved file belongs to the current run.
   *
   * @param file the saved file
   * @throws ConfigException if it is of another run; the message lists the differences
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
