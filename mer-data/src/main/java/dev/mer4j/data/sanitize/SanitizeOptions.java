package dev.mer4j.data.sanitize;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.ArrayList;
import java.util.List;

/**
 * How far from zero a value may lie.
 *
 * @param limit values beyond ±{@code limit} are clipped to it; finite and above 0
 * @param limits modalities with a limit of their own
 */
public record SanitizeOptions(double limit, PerModality<Double> limits) {
  /**
   * Clips at ±10,000. What the extractors mean stays below it: pixels and millimetres of OpenFace
   * reach a few thousand, COVAREP a few hundred, word vectors 10. What its failures produce, such
   * as OpenFace's ±33,000,000, lies far above, and left alone a single such value would rule its
   * column's mean and spread.
   */
  public static final SanitizeOptions DEFAULT = new SanitizeOptions(10_000, PerModality.of());

  public SanitizeOptions {
    List<String> problems = new ArrayList<>();
    check(problems, "limit", limit);
    limits.forEach((modality, own) -> check(problems, modality.key() + " limit", own));
    ConfigException.throwIfAny("sanitize", problems);
    limits = limits.sorted();
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
