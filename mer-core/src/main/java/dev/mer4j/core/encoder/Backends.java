package dev.mer4j.core.encoder;

import dev.mer4j.ConfigException;
import dev.mer4j.core.internal.io.FormerNames;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backends on the class path. */
public final class Backends {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static final AtomicBoolean WARNED = new AtomicBoolean();
  private static final int LAST_RESORT = 0;

  private Backends() {}

  /**
   * All backends, the preferred ones first, whether they work here or not. One whose class cannot
   * be loaded is among them, named by its class, and {@linkplain #unavailableReason unavailable}.
   */
  public static List<Backend> all() {
    return BackendProviders.find(Backends.class.getClassLoader()).stream()
        .sorted(Comparator.comparingInt(Backend::priority).reversed())
        .toList();
  }

  /**
   * Returns the preferred backend among those that work here and can run encoders of a shape, and
   * warns, once, if it is the last resort.
   *
   * @throws ConfigException if none can
   */
  public static Backend best(EncoderShape shape) {
    return best(shape, TrainedBackend.UNKNOWN);
  }

  /**
   * As {@link #best(EncoderShape)}, among those that compute what a model's own backend does.
   *
   * @param trained what the model was trained on
   * @throws ConfigException if none can
   */
  public static Backend best(EncoderShape shape, TrainedBackend trained) {
    return best(compatible(all(), trained), shape, LOG, WARNED);
  }

  static List<Backend> compatible(List<Backend> backends, TrainedBackend trained) {
    List<Backend> equivalents = backends.stream().filter(trained::runsOn).toList();
    if (equivalents.isEmpty()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "no backend here can run this model: %s; there are: %s",
              trained.explanation(),
              reasons(backends, Backends::unavailableReason)));
    }
    return equivalents;
  }

  static Backend best(
      List<Backend> backends, EncoderShape shape, Logger log, AtomicBoolean warned) {
    for (Backend backend : backends) {
      if (backend.priority() >= LAST_RESORT && why(backend, shape).isEmpty()) {
        if (backend.priority() == LAST_RESORT && !warned.getAndSet(true)) {
          log.warn(
              "the encoders run on backend '{}', which is tens of times slower than the others: {}",
              backend.name(),
              reasons(backends, each -> why(each, shape)));
        }
        return backend;
      }
    }
    throw new ConfigException(
        "no backend can run this model here: " + reasons(backends, backend -> why(backend, shape)));
  }

  /**
   * Returns the backend of that name, today's or a {@linkplain FormerNames former} one.
   *
   * @throws ConfigException if there is none, or it does not work here
   */
  public static Backend named(String name) {
    String current = FormerNames.backend(name);
    for (Backend backend : all()) {
      if (backend.name().equals(current)) {
        unavailableReason(backend)
            .ifPresent(
                why -> {
                  throw new ConfigException("backend '" + name + "' cannot be used: " + why);
                });
        return backend;
      }
    }
    throw new ConfigException(
        "no backend '" + name + "'; there are: " + reasons(all(), Backends::unavailableReason));
  }

  /**
   * As {@link #named(String)}, for a model that was trained already.
   *
   * @param trained what it was trained on
   * @throws ConfigException also if the backend computes something else
   */
  public static Backend named(String name, TrainedBackend trained) {
    Backend backend = named(name);
    if (!trained.runsOn(backend)) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "backend '%s' computes '%s' and cannot run this model: %s",
              name,
              backend.function(),
              trained.explanation()));
    }
    return backend;
  }

  /**
   * Why a backend cannot run on this machine, or nothing if it can. A backend that fails to say so,
   * because a library that it needs is missing, cannot.
   */
  public static Optional<String> unavailableReason(Backend backend) {
    try {
      return backend.unavailableReason();
    } catch (LinkageError e) {
      return Optional.of("it cannot be loaded: " + e);
    }
  }

  /**
   * For backends that cannot run every shape.
   *
   * @throws ConfigException if this one cannot run this shape, saying which backends here can
   */
  public static void requireSupported(Backend backend, EncoderShape shape) {
    Optional<String> why = backend.unsupportedReason(shape);
    if (why.isPresent()) {
      String others =
          all().stream()
              .filter(other -> why(other, shape).isEmpty())
              .map(Backend::name)
              .collect(Collectors.joining(", "));
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "backend '%s' cannot run this model: %s; choose another size, or a backend that can: %s",
              backend.name(),
              why.get(),
              others));
    }
  }

  private static Optional<String> why(Backend backend, EncoderShape shape) {
    return backend.unsupportedReason(shape).or(() -> unavailableReason(backend));
  }

  private static String reasons(List<Backend> backends, Function<Backend, Optional<String>> why) {
    return backends.stream()
        .map(
            backend ->
                backend.name()
                    + why.apply(backend)
                        .or(() -> onRequest(backend))
                        .map(w -> " (" + w + ")")
                        .orElse(""))
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> onRequest(Backend backend) {
    return backend.priority() < LAST_RESORT
        ? Optional.of("only if it is requested by name")
        : Optional.empty();
  }
}
