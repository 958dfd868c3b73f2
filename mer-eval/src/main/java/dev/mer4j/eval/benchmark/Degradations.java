package dev.mer4j.eval.benchmark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.eval.missing.ErasedSteps;
import dev.mer4j.eval.missing.RandomModalities;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Computes what each condition does to each segment of a data set.
 *
 * <p>Draws depend only on the seed, the segment's id and the modality; the segments that swapped
 * modalities are from also depend on the set of segments, but not on its order. Input missing at
 * one rate of a protocol is missing at every higher one.
 */
public final class Degradations {
  private final long seed;
  private final PerModality<List<SegmentInfo>> donors;

  /** Creates the degradations of these segments. */
  public Degradations(long seed, List<SegmentInfo> segments) {
    this.seed = seed;
    List<SegmentInfo> sorted = new ArrayList<>(segments);
    sorted.sort(Comparator.comparing(SegmentInfo::id));
    ModalitySet modalities = modalities(segments);
    donors =
        PerModality.of(
            modalities.toList(),
            modality ->
                sorted.stream().filter(each -> each.modalities().contains(modality)).toList());
  }

  private static ModalitySet modalities(List<SegmentInfo> segments) {
    return ModalitySet.of(
        segments.stream().flatMap(each -> each.modalities().toList().stream()).distinct().toList());
  }

  /** Returns the modalities that occur. */
  public ModalitySet modalities() {
    return ModalitySet.of(donors.modalities());
  }

  /** Returns what a condition does to a segment. */
  public Degradation of(Condition condition, SegmentInfo segment) {
    double rate = condition.rate();
    ModalitySet had = segment.modalities();
    return switch (condition.protocol()) {
      case FULL -> Degradation.NONE;
      case FIXED -> removing(had, condition.kept());
      case RANDOM_MODALITY ->
          removing(
              had,
              new RandomModalities(rate, seed)
                  .applyTo(List.of(segment), Presence.of(List.of(had)))
                  .row(0));
      case INDEPENDENT_MODALITY ->
          Degradation.removing(
              ModalitySet.of(
                  had.toList().stream()
                      .filter(each -> draws(condition, segment, each).nextDouble() < rate)
                      .toList()));
      case IMBALANCED -> Degradation.removing(lost(condition, segment, condition.rates()));
      case FRAME ->
          Degradation.erasing(
              PerModality.of(had.toList(), each -> ErasedSteps.mask(segment, each, rate, seed)));
      case SHARED_FRAME ->
          Degradation.erasing(SharedSteps.random(segment, rate, draws(condition, segment)));
      case BLOCK ->
          Degradation.erasing(SharedSteps.block(segment, rate, draws(condition, segment)));
      case GAUSSIAN ->
          Degradation.adding(PerModality.of(had.toList(), each -> draws(condition, segment, each)));
      case SHIFT ->
          Degradation.shifting(
              PerModality.of(had.toList(), each -> shift(condition, segment, each)));
      case SWAP -> swap(condition, segment);
    };
  }

  private static Degradation removing(ModalitySet had, ModalitySet left) {
    ModalitySet missing = had;
    for (Modality each : left.toList()) {
      missing = missing.without(each);
    }
    return Degradation.removing(missing);
  }

  /**
   * Loses each modality independently at its rate, except the one that would be the last to go: the
   * modality with the highest ratio of draw to rate, the first of several.
   */
  private ModalitySet lost(Condition condition, SegmentInfo segment, PerModality<Double> rates) {
    ModalitySet lost = ModalitySet.NONE;
    double highest = -1;
    Optional<Modality> last = Optional.empty();
    for (Modality modality : segment.modalities().toList()) {
      double rate = rates.find(modality).orElse(0.0);
      double draw = draws(condition, segment, modality).nextDouble();
      double ratio = rate == 0 ? Double.POSITIVE_INFINITY : draw / rate;
      if (ratio > highest) {
        highest = ratio;
        last = Optional.of(modality);
      }
      if (draw < rate) {
        lost = lost.with(modality);
      }
    }
    return last.isPresent() ? lost.without(last.get()) : lost;
  }

  private int shift(Condition condition, SegmentInfo segment, Modality modality) {
    int distance = (int) Math.rint(condition.rate() * segment.steps(modality));
    return draws(condition, segment, modality).nextBoolean() ? distance : -distance;
  }

  private Degradation swap(Condition condition, SegmentInfo segment) {
    PerModality<Double> rates =
        PerModality.of(segment.modalities().toList(), each -> condition.rate());
    PerModality.Builder<SegmentId> swapped = PerModality.builder();
    for (Modality modality : lost(condition, segment, rates).toList()) {
      donor(condition, segment, modality).ifPresent(id -> swapped.put(modality, id));
    }
    return Degradation.swapping(swapped.build());
  }

  /** Returns a segment of another group that has the modality; empty if there is none. */
  private Optional<SegmentId> donor(Condition condition, SegmentInfo segment, Modality modality) {
    List<SegmentInfo> candidates = donors.get(modality);
    int first = draws(condition, segment, modality).at("donor").nextInt(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      SegmentInfo candidate = candidates.get((first + i) % candidates.size());
      if (!candidate.group().equals(segment.group())) {
        return Optional.of(candidate.id());
      }
    }
    return Optional.empty();
  }

  /** Returns a stream that does not depend on the condition's rates. */
  private SeedStream draws(Condition condition, SegmentInfo segment) {
    return new Seeds(seed)
        .stream("benchmark")
            .at(condition.protocol().key())
            .at(segment.id().video())
            .at(segment.id().index());
  }

  private SeedStream draws(Condition condition, SegmentInfo segment, Modality modality) {
    return draws(condition, segment).at(modality.key());
  }
}
