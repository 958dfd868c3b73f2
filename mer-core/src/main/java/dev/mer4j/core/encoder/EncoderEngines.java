package dev.mer4j.core.encoder;

import dev.mer4j.ConfigException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines on the class path. */
public final class EncoderEngines {
  private static final Logger LOG = LoggerFactory.getLogger(EncoderEngines.class);
  private static final AtomicBoolean WARNED = new AtomicBoolean();
  private static final int LAST_RESORT = 0;

  private EncoderEngines() {}

  /**
   * All engines, the preferred ones first, whether they work here or not. One whose class cannot be
   * loaded is among them, named by its class, and {@linkplain #whyUnavailable unavailable}.
   */
  public static List<EncoderEngine> all() {
    return EngineProviders.find(EncoderEngines.class.getClassLoader()).stream()
        .sorted(Comparator.comparingInt(EncoderEngine::preference).reversed())
        .toList();
  }

  /**
   * Returns the preferred engine among those that work here and can run encoders of a shape, and
   * warns, once, if it is the last resort.
   *
   * @throws ConfigException if none can
   */
  public static EncoderEngine best(EncoderShape shape) {
    return best(shape, TrainedEngine.UNKNOWN);
  }

  /**
   * As {@link #best(EncoderShape)}, among those that compute what a model's own engine does.
   *
   * @param trained what the model was trained on
   * @throws ConfigException if none can
   */
  public static EncoderEngine best(EncoderShape shape, TrainedEngine trained) {
    return best(equivalents(all(), trained), shape, LOG, WARNED);
  }

  static List<EncoderEngine> equivalents(List<EncoderEngine> engines, TrainedEngine trained) {
    List<EncoderEngine> equivalents = engines.stream().filter(trained::runsOn).toList();
    if (equivalents.isEmpty()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "no engine here can run this model: %s; there are: %s",
              trained.explanation(),
              reasons(engines, EncoderEngines::whyUnavailable)));
    }
    return equivalents;
  }

  static EncoderEngine best(
      List<EncoderEngine> engines, EncoderShape shape, Logger log, AtomicBoolean warned) {
    for (EncoderEngine engine : engines) {
      if (engine.preference() >= LAST_RESORT && why(engine, shape).isEmpty()) {
        if (engine.preference() == LAST_RESORT && !warned.getAndSet(true)) {
          log.warn(
              "the encoders run on engine '{}', which is tens of times slower than the others: {}",
              engine.name(),
              reasons(engines, each -> why(each, shape)));
        }
        return engine;
      }
    }
    throw new ConfigException(
        "no engine can run this model here: " + reasons(engines, engine -> why(engine, shape)));
  }

  /**
   * Returns the engine of that name.
   *
   * @throws ConfigException if there is none, or it does not work here
   */
  public static EncoderEngine named(String name) {
    for (EncoderEngine engine : all()) {
      if (engine.name().equals(name)) {
        whyUnavailable(engine)
            .ifPresent(
                why -> {
                  throw new ConfigException("engine '" + name + "' cannot be used: " + why);
                });
        return engine;
      }
    }
    throw new ConfigException(
        "no engine '" + name + "'; there are: " + reasons(all(), EncoderEngines::whyUnavailable));
  }

  /**
   * As {@link #named(String)}, for a model that was trained already.
   *
   * @param trained what it was trained on
   * @throws ConfigException also if the engine computes something else
   */
  public static EncoderEngine named(String name, TrainedEngine trained) {
    EncoderEngine engine = named(name);
    if (!trained.runsOn(engine)) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "engine '%s' computes '%s' and cannot run this model: %s",
              name,
              engine.function(),
              trained.explanation()));
    }
    return engine;
  }

  /**
   * Why an engine cannot run on this machine, or nothing if it can. An engine that fails to say so,
   * because a library that it needs is missing, cannot.
   */
  public static Optional<String> whyUnavailable(EncoderEngine engine) {
    try {
      return engine.whyUnavailable();
    } catch (LinkageError e) {
      return Optional.of("it cannot be loaded: " + e);
    }
  }

  /**
   * For engines that cannot run every shape.
   *
   * @throws ConfigException if this one cannot run this shape, saying which engines here can
   */
  public static void requireFit(EncoderEngine engine, EncoderShape shape) {
    Optional<String> why = engine.whyNot(shape);
    if (why.isPresent()) {
      String others =
          all().stream()
              .filter(other -> why(other, shape).isEmpty())
              .map(EncoderEngine::name)
              .collect(Collectors.joining(", "));
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "engine '%s' cannot run this model: %s; choose another size, or an engine that can: %s",
              engine.name(),
              why.get(),
              others));
    }
  }

  private static Optional<String> why(EncoderEngine engine, EncoderShape shape) {
    return engine.whyNot(shape).or(() -> whyUnavailable(engine));
  }

  private static String reasons(
      List<EncoderEngine> engines, Function<EncoderEngine, Optional<String>> why) {
    return engines.stream()
        .map(
            engine ->
                engine.name()
                    + why.apply(engine)
                        .or(() -> onRequest(engine))
                        .map(w -> " (" + w + ")")
                        .orElse(""))
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> onRequest(EncoderEngine engine) {
    return engine.preference() < LAST_RESORT
        ? Optional.of("only if it is requested by name")
        : Optional.empty();
  }
}
