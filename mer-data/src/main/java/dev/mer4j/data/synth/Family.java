package dev.mer4j.data.synth;

import dev.mer4j.ConfigException;
import java.util.Arrays;
import java.util.Locale;

/**
 * A relation of emotions and modalities that synthetic data can have. In every family the six
 * labels have CMU-MOSEI's frequencies and are correlated ({@link FamilyData}).
 */
public enum Family {
  /** Every modality has independent evidence of equal strength for every emotion. */
  EQUAL,

  /** Each modality has strong evidence for two emotions, and hardly any for the others. */
  SPLIT,

  /** Text has strong evidence, audio and visual weak evidence. */
  TEXT_DOMINANT,

  /** One modality inverts the evidence of another; a single modality has no information. */
  INTERACTION,

  /** Each segment's modalities are right or misleading, and a cue shows which. */
  HETEROGENEOUS,

  /** All modalities have the same evidence. */
  REDUNDANT,

  /** Text and audio have evidence of equal strength, visual has none. */
  USELESS,

  /** Independent evidence of equal strength, in a short, marked event of a long segment. */
  EVENT,

  /** Independent evidence of equal strength, in the order of two events. */
  ORDER;

  /** Returns the name on the command line, such as {@code text-dominant}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the family with this key.
   *
   * @throws ConfigException if there is none; the message lists the keys
   */
  public static Family of(String key) {
    return Arrays.stream(values())
        .filter(family -> family.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "no family '"
                        + key
                        + "'; the families are "
                        + Arrays.stream(values()).map(Family::key).toList()));
  }

  /** Returns the distribution of the evidence. */
  EvidenceModel evidence() {
    return switch (this) {
      case EQUAL -> IndependentEvidence.of(0.4, 0.4, 0.4);
      case SPLIT -> IndependentEvidence.split(0.7, 0.05);
      case TEXT_DOMINANT -> IndependentEvidence.of(0.7, 0.15, 0.15);
      case INTERACTION -> new InteractionEvidence(1.4);
      case HETEROGENEOUS -> new UnreliableEvidence(IndependentEvidence.of(0.6, 0.6, 0.6));
      case REDUNDANT -> new SharedEvidence(IndependentEvidence.of(0.6, 0, 0));
      case USELESS -> IndependentEvidence.of(0.5, 0.5, 0);
      case EVENT, ORDER -> IndependentEvidence.of(0.5, 0.5, 0.5);
    };
  }

  /** Returns the steps at which the evidence appears. */
  Timing timing() {
    return switch (this) {
      case EVENT -> Timing.BRIEF;
      case ORDER -> Timing.ORDERED;
      default -> Timing.SUSTAINED;
    };
  }
}
