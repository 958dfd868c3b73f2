package dev.mer4j.core.provenance;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The origin of a model: facts about its training, and the segments used.
 *
 * @param facts values by name, such as the data's checksum, the seed and the backend
 * @param trained the segments that the model was trained on; none if unknown
 * @param selected the segments that its epoch and thresholds were selected on; none if unknown
 */
public record Provenance(
    Map<String, String> facts,
    @JsonSetter(nulls = Nulls.AS_EMPTY) SegmentIds trained,
    @JsonSetter(nulls = Nulls.AS_EMPTY) SegmentIds selected) {
  public static final Provenance UNKNOWN = new Provenance(Map.of());

  public Provenance {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** Returns a copy with one more fact, unless a fact of that name exists. */
  public Provenance withDefault(String fact, String value) {
    Map<String, String> more = new TreeMap<>(facts);
    more.putIfAbsent(fact, value);
    return withFacts(more);
  }

  /** Creates a provenance with unknown segments. */
  public Provenance(Map<String, String> facts) {
    this(facts, SegmentIds.NONE, SegmentIds.NONE);
  }

  /** Returns a copy with other facts. */
  public Provenance withFacts(Map<String, String> others) {
    return new Provenance(others, trained, selected);
  }
}
