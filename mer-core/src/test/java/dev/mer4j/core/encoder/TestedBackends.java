package dev.mer4j.core.encoder;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.List;

/**
 * The backends under test: those of mer-core, or the one in the system property {@code
 * mer4j.test.backend}, which modules of other backends set.
 */
public final class TestedBackends {
  private static final String ONLY = System.getProperty("mer4j.test.backend", "");

  private TestedBackends() {}

  /**
   * Returns the names of the available ones; {@code native} requires a C compiler at build time.
   */
  public static List<String> names() {
    return Backends.all().stream()
        .filter(backend -> ONLY.isEmpty() || backend.name().equals(ONLY))
        .filter(backend -> Backends.unavailableReason(backend).isEmpty())
        .map(Backend::name)
        .toList();
  }

  /** Returns those that support attention pooling; {@code native} if none is under test. */
  public static List<String> withPooling() {
    EncoderShape shape = new EncoderShape(PerModality.of(Modality.TEXT, 3), 5, Pooling.ATTENTION);
    List<String> pooling =
        names().stream()
            .filter(name -> Backends.named(name).unsupportedReason(shape).isEmpty())
            .toList();
    return pooling.isEmpty() ? List.of("native") : pooling;
  }

  /** Returns whether passes are so slow that tests run fewer and shorter ones. */
  public static boolean areSlow() {
    return ONLY.equals("samediff") || ONLY.equals("cuda-emulated");
  }

  /** Returns the number of random models and batches of each shape. */
  static int trials() {
    return areSlow() ? 1 : 3;
  }
}
