package dev.mer4j.core.encoder;

import dev.mer4j.ConfigException;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines on the class path. */
public final class EncoderEngines {
  private static final Logger LOG = LoggerFactory.getLogger(EncoderEngines.class);
  private static final AtomicBoolean WARNED = new AtomicBoolean();
  private static final int LAST_RESORT = 0;

  private EncoderEngines() {}

  /** All engines, the preferred ones first, whether they work here or not. */
  public static List<EncoderEngine> all() {
    return ServiceLoader.load(EncoderEngine.class, EncoderEngines.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(EncoderEngine::preference).reversed())
        .toList();
  }

  /**
   * Returns the preferred engine among those that work here, and warns, once, if it is the last
   * resort.
   *
   * @throws ConfigException if none does
   */
  public static EncoderEngine best() {
    return best(all(), LOG, WARNED);
  }

  static EncoderEngine best(List<EncoderEngine> engines, Logger log, AtomicBoolean warned) {
    for (EncoderEngine engine : engines) {
      if (engine.whyUnavailable().isEmpty()) {
        if (engine.preference() <= LAST_RESORT && !warned.getAndSet(true)) {
          log.warn(
              "the encoders run on engine '{}', which is tens of times slower than the others: {}",
              engine.name(),
              reasons(engines));
        }
        return engine;
      }
    }
    throw new ConfigException("no engine works on this machine: " + reasons(engines));
  }

  /**
   * Returns the engine of that name.
   *
   * @throws ConfigException if there is none, or it does not work here
   */
  public static EncoderEngine named(String name) {
    for (EncoderEngine engine : all()) {
      if (engine.name().equals(name)) {
        engine
            .whyUnavailable()
            .ifPresent(
                why -> {
                  throw new ConfigException("engine '" + name + "' cannot be used: " + why);
                });
        return engine;
      }
    }
    throw new ConfigException("no engine '" + name + "'; there are: " + reasons(all()));
  }

  private static String reasons(List<EncoderEngine> engines) {
    return engines.stream()
        .map(engine -> engine.name() + engine.whyUnavailable().map(w -> " (" + w + ")").orElse(""))
        .collect(Collectors.joining(", "));
  }
}
