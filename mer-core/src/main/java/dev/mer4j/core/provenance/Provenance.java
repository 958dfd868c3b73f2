package dev.mer4j.core.provenance;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model comes from.
 *
 * @param facts by name, such as the data's checksum, the seed and the backend
 * @param trained the segments that the model was trained on; none if that is not known
 * @param selected the segments that its epoch and thresholds were selected on; none if that is not
 *     known
 */
public record Provenance(
    Map<String, String> facts,
    @JsonSetter(nulls = Nulls.AS_EMPTY) SegmentIds trained,
    @JsonSetter(nulls = Nulls.AS_EMPTY) SegmentIds selected) {
  public static final Provenance UNKNOWN = new Provenance(Map.of());

  public Provenance {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** Returns these facts, and another unless it is among them. */
  public Provenance withDefault(String fact, String value) {
    Map<String, String> more = new TreeMap<>(facts);
    more.putIfAbsent(fact, value);
    return withFacts(more);
  }

  /** Of segments that are not known. */
  public Provenance(Map<String, String> facts) {
    this(facts, SegmentIds.NONE, SegmentIds.NONE);
  }

  /** Returns the same segments with these facts. */
  public Provenance withFacts(Map<String, String> others) {
    return new Provenance(others, trained, selected);
  }
}
