package dev.mer4j.core.encoder;

import dev.mer4j.ConfigException;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The engines on the class path. */
public final class EncoderEngines {
  private EncoderEngines() {}

  /** All engines, the preferred ones first, whether they work here or not. */
  public static List<EncoderEngine> all() {
    return ServiceLoader.load(EncoderEngine.class, EncoderEngines.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(EncoderEngine::preference).reversed())
        .toList();
  }

  /**
   * Returns the preferred engine among those that work here.
   *
   * @throws ConfigException if none does
   */
  public static EncoderEngine best() {
    return all().stream()
        .filter(engine -> engine.whyUnavailable().isEmpty())
        .findFirst()
        .orElseThrow(() -> new ConfigException("no engine works on this machine: " + reasons()));
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
    throw new ConfigException("no engine '" + name + "'; there are: " + reasons());
  }

  private static String reasons() {
    return all().stream()
        .map(engine -> engine.name() + engine.whyUnavailable().map(w -> " (" + w + ")").orElse(""))
        .collect(Collectors.joining(", "));
  }
}
