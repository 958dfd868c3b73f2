package dev.mer4j.core.io;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model comes from: facts by name, such as the data's checksum, the splits it was trained
 * and selected on, the seed and the engine.
 */
public record Provenance(Map<String, String> facts) {
  public static final Provenance UNKNOWN = new Provenance(Map.of());

  public Provenance {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** Returns these facts, and another unless it is among them. */
  public Provenance withDefault(String fact, String value) {
    Map<String, String> more = new TreeMap<>(facts);
    more.putIfAbsent(fact, value);
    return new Provenance(more);
  }
}
