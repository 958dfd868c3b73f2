package dev.mer4j.data.sanitize;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.ArrayList;
import java.util.List;

/**
 * The largest absolute value that sanitizing keeps, and the value of infinite ones.
 *
 * @param limit values beyond ±{@code limit} are clipped to it; finite and above 0
 * @param limits the limits of modalities that differ from {@code limit}
 * @param clipInfinite whether infinite values are clipped too; otherwise they become 0. Omitted
 *     from JSON, as in older stores, if false
 */
public record SanitizeOptions(
    double limit,
    PerModality<Double> limits,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean clipInfinite) {
  /**
   * Clips at ±10,000. Valid values are below the limit: pixels and millimeters of OpenFace reach a
   * few thousand, COVAREP values a few hundred, word vectors 10. Invalid values of failed
   * extractions, such as OpenFace's ±33,000,000, are far above; a single one would dominate the
   * mean and standard deviation of its column.
   */
  public static final SanitizeOptions DEFAULT = new SanitizeOptions(10_000, PerModality.of());

  public SanitizeOptions {
    List<String> problems = new ArrayList<>();
    check(problems, "limit", limit);
    limits.forEach((modality, own) -> check(problems, modality.key() + " limit", own));
    ConfigException.throwIfAny("sanitize", problems);
    limits = limits.sorted();
  }

  /** Creates options by which infinite values become 0. */
  public SanitizeOptions(double limit, PerModality<Double> limits) {
    this(limit, limits, false);
  }

  private static void check(List<String> problems, String what, double limit) {
    if (!(limit > 0 && limit <= Float.MAX_VALUE)) {
      problems.add(what + " must be above 0 and finite: " + limit);
    }
  }

  public double limitOf(Modality modality) {
    return limits.find(modality).orElse(limit);
  }
}
