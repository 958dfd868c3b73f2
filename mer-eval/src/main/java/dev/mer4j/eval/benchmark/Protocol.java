package dev.mer4j.eval.benchmark;

import dev.mer4j.ConfigException;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.missing.RateCurve;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The protocols of missing or degraded input. Each name has one definition; {@code
 * docs/missing-benchmark.md} relates them to the names in the literature.
 */
public enum Protocol {
  /** Every segment has its own modalities. */
  FULL("full"),
  /** Every segment keeps the same set of modalities. */
  FIXED(ModalityTable.FIXED),
  /** Modalities are missing at random, never all (Lian et al., GCNet, 2023). */
  RANDOM_MODALITY(RateCurve.RANDOM),
  /** Each modality is missing independently, possibly all (RMM; Zhong et al., CIDer, 2025). */
  INDEPENDENT_MODALITY("independent-modality"),
  /** Each modality is missing at a rate of its own, never all (Pham et al., MissBench, 2026). */
  IMBALANCED("imbalanced"),
  /** Steps of each modality are erased independently (Yuan et al., TFR-Net, 2021). */
  FRAME(RateCurve.FRAME),
  /** The same steps of all modalities are erased (TMFM; Yuan et al., NIAT, 2024). */
  SHARED_FRAME("shared-frame"),
  /** One block of steps of all modalities is erased (STMFM; Yuan et al., NIAT, 2024). */
  BLOCK("block"),
  /** Normal noise is added to every value, in standard deviations of its column. */
  GAUSSIAN("gaussian"),
  /** Each modality is rotated in time, by a share of its length. */
  SHIFT("shift"),
  /** Modalities are replaced by those of other segments, never all. */
  SWAP("swap");

  private final String key;

  Protocol(String key) {
    this.key = key;
  }

  /** Returns the name in files and options, such as {@code random-modality}. */
  public String key() {
    return key;
  }

  /** Returns the default rates, ascending; empty if conditions have no single rate. */
  public List<Double> rates() {
    return switch (this) {
      case FULL, FIXED, IMBALANCED -> List.of();
      case RANDOM_MODALITY -> List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7);
      case FRAME -> List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
      case INDEPENDENT_MODALITY, SHARED_FRAME, BLOCK -> List.of(0.1, 0.3, 0.5, 0.7, 0.9);
      case GAUSSIAN -> List.of(0.5, 1.0, 2.0);
      case SHIFT -> List.of(0.1, 0.25, 0.5);
      case SWAP -> List.of(0.2, 0.4, 0.6);
    };
  }

  /** Returns whether the head alone has to run again, because only whole modalities are missing. */
  boolean removesModalities() {
    return compareTo(IMBALANCED) <= 0;
  }

  /** Returns whether conditions have one rate, and therefore a curve. */
  public boolean hasCurve() {
    return !rates().isEmpty();
  }

  /**
   * Returns the protocol with this key.
   *
   * @throws ConfigException if no protocol has this key
   */
  public static Protocol of(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "unknown protocol '"
                        + key
                        + "': use one of "
                        + Arrays.stream(values())
                            .map(Protocol::key)
                            .collect(Collectors.joining(", "))));
  }
}
