package dev.mer4j.core.encoder;

import java.util.List;

/**
 * The engines that tests of every engine run on: those of mer-core itself, or the one that the
 * system property {@code mer4j.test.engine} names in the module of another engine.
 */
public final class TestedEngines {
  private static final String ONLY = System.getProperty("mer4j.test.engine", "");

  private TestedEngines() {}

  /** Those that work here; {@code packed} does if there was a C compiler. */
  public static List<String> names() {
    return EncoderEngines.all().stream()
        .filter(engine -> ONLY.isEmpty() || engine.name().equals(ONLY))
        .filter(engine -> EncoderEngines.whyUnavailable(engine).isEmpty())
        .map(EncoderEngine::name)
        .toList();
  }

  /** Whether a pass takes so long that tests make fewer and shorter ones. */
  public static boolean areSlow() {
    return ONLY.equals("samediff");
  }
}
