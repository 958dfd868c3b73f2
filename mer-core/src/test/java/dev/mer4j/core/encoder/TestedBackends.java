package dev.mer4j.core.encoder;

import java.util.List;

/**
 * The backends that tests of every backend run on: those of mer-core itself, or the one that the
 * system property {@code mer4j.test.backend} names in the module of another backend.
 */
public final class TestedBackends {
  private static final String ONLY = System.getProperty("mer4j.test.backend", "");

  private TestedBackends() {}

  /** Those that work here; {@code native} does if there was a C compiler. */
  public static List<String> names() {
    return Backends.all().stream()
        .filter(backend -> ONLY.isEmpty() || backend.name().equals(ONLY))
        .filter(backend -> Backends.unavailableReason(backend).isEmpty())
        .map(Backend::name)
        .toList();
  }

  /** Whether a pass takes so long that tests make fewer and shorter ones. */
  public static boolean areSlow() {
    return ONLY.equals("samediff");
  }
}
