package dev.mer4j.eval.benchmark;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The masks of a benchmark on one data set: conditions, what each does to each segment, and SHA-256
 * digests. Equal seeds, segments and conditions give equal masks for every system.
 */
public final class BenchmarkMasks {
  private final long seed;
  private final List<SegmentInfo> segments;
  private final Map<Condition, String> sha256;
  private final Degradations degradations;

  private BenchmarkMasks(long seed, List<SegmentInfo> segments, Set<Condition> conditions) {
    this.seed = seed;
    this.segments = List.copyOf(segments);
    degradations = new Degradations(seed, segments);
    requireModalities(conditions);
    MaskLines lines = new MaskLines(degradations, segments);
    Map<Condition, String> digests = new LinkedHashMap<>();
    conditions.forEach(each -> digests.put(each, lines.sha256(each)));
    sha256 = Collections.unmodifiableMap(digests);
  }

  /**
   * Creates the masks of conditions.
   *
   * @param names names of conditions, or of protocols for their default conditions; all protocols
   *     if empty. The condition {@code full} is always the first.
   * @throws ConfigException if a name is malformed, or a condition names a modality that no segment
   *     has
   */
  public static BenchmarkMasks of(long seed, SegmentSet segments, List<String> names) {
    List<SegmentInfo> infos = IntStream.range(0, segments.size()).mapToObj(segments::info).toList();
    ModalitySet modalities = new Degradations(seed, infos).modalities();
    Set<Condition> conditions = new LinkedHashSet<>(List.of(Condition.FULL));
    if (names.isEmpty()) {
      for (Protocol protocol : Protocol.values()) {
        conditions.addAll(Condition.of(protocol, modalities));
      }
    }
    for (String name : names) {
      if (name.contains(":")) {
        conditions.add(Condition.parse(name));
      } else {
        conditions.addAll(Condition.of(Protocol.of(name), modalities));
      }
    }
    return new BenchmarkMasks(seed, infos, conditions);
  }

  private void requireModalities(Set<Condition> conditions) {
    for (Condition condition : conditions) {
      ModalitySet named = condition.kept();
      for (Modality modality : condition.rates().modalities()) {
        named = named.with(modality);
      }
      if (!modalities().containsAll(named)) {
        throw new ConfigException(
            String.format(
                Locale.ROOT,
                "condition '%s': the segments have the modalities %s",
                condition.name(),
                modalities()));
      }
    }
  }

  public long seed() {
    return seed;
  }

  /** Returns the segments, in the order of the data set. */
  public List<SegmentInfo> segments() {
    return segments;
  }

  /** Returns the modalities that occur. */
  public ModalitySet modalities() {
    return degradations.modalities();
  }

  /** Returns the conditions, {@code full} first. */
  public List<Condition> conditions() {
    return List.copyOf(sha256.keySet());
  }

  /** Returns the digest of each condition's lines. */
  public Map<Condition, String> sha256() {
    return sha256;
  }

  /** Returns the lines of a condition in the masks file, each with a newline at its end. */
  public String lines(Condition condition) {
    return new MaskLines(degradations, segments).of(condition);
  }

  /** Returns what a condition does to a segment. */
  public Degradation of(Condition condition, SegmentInfo segment) {
    return degradations.of(condition, segment);
  }

  /** Returns the modalities that a segment has under a condition. */
  public ModalitySet left(Condition condition, SegmentInfo segment) {
    ModalitySet left = segment.modalities();
    for (Modality modality : of(condition, segment).missing().toList()) {
      left = left.without(modality);
    }
    return left;
  }

  /**
   * Returns the share of input that a condition removes: steps if it erases steps, otherwise
   * modalities. Swapped modalities count as removed; noise and shifts remove nothing.
   */
  public double missing(Condition condition) {
    long removed = 0;
    long all = 0;
    for (SegmentInfo segment : segments) {
      Degradation own = of(condition, segment);
      boolean steps = !own.erased().isEmpty();
      for (Modality modality : segment.modalities().toList()) {
        all += steps ? segment.steps(modality) : 1;
        removed += own.missing().contains(modality) || own.swapped().has(modality) ? 1 : 0;
        removed += own.erased().find(modality).map(bits -> bits.cardinality()).orElse(0);
      }
    }
    return (double) removed / Math.max(1, all);
  }
}
