package dev.mer4j.core.encoder;

import dev.mer4j.ConfigException;
import dev.mer4j.core.internal.io.FormerNames;
import java.util.ArrayList;
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

  private Backends() {}

  /**
   * Returns all backends in order of preference, available or not. A backend whose class cannot be
   * loaded is included under the name of its class, as {@linkplain #unavailableReason unavailable}.
   */
  public static List<Backend> all() {
    return BackendProviders.find(Backends.class.getClassLoader()).stream()
        .sorted(Comparator.comparingInt(Backend::priority).reversed())
        .toList();
  }

  /**
   * Returns the preferred available backend that supports encoders of a shape. Logs a warning once
   * if faster ones are unavailable.
   *
   * @throws ConfigException if there is none
   */
  public static Backend best(EncoderShape shape) {
    return best(shape, TrainedBackend.UNKNOWN);
  }

  /**
   * Returns the preferred available backend that supports a shape and computes the function that a
   * model was trained with.
   *
   * @param trained the backend that the model was trained on
   * @throws ConfigException if there is none
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
              "no backend can run this model: %s; backends: %s",
              trained.explanation(),
              reasons(backends, Backends::unavailableReason)));
    }
    return equivalents;
  }

  static Backend best(
      List<Backend> backends, EncoderShape shape, Logger log, AtomicBoolean warned) {
    List<Backend> faster = new ArrayList<>();
    for (Backend backend : backends) {
      if (isOnRequest(backend)) {
        continue;
      }
      if (why(backend, shape).isEmpty()) {
        if (!faster.isEmpty() && !warned.getAndSet(true)) {
          log.warn(
              "the encoders run on backend '{}', because faster ones are unavailable: {}",
              backend.name(),
              reasons(faster, each -> why(each, shape)));
        }
        return backend;
      }
      faster.add(backend);
    }
    throw new ConfigException(
        "no backend can run this model on this machine: "
            + reasons(backends, backend -> why(backend, shape)));
  }

  /**
   * Returns a backend by its current or a {@linkplain FormerNames former} name.
   *
   * @throws ConfigException if it does not exist or is unavailable
   */
  public static Backend named(String name) {
    String current = FormerNames.backend(name);
    for (Backend backend : all()) {
      if (backend.name().equals(current)) {
        unavailableReason(backend)
            .ifPresent(
                why -> {
                  throw new ConfigException("backend '" + name + "' is unavailable: " + why);
                });
        return backend;
      }
    }
    throw new ConfigException(
        "no backend '" + name + "'; backends: " + reasons(all(), Backends::unavailableReason));
  }

  /**
   * Returns a backend by name for a trained model.
   *
   * @param trained the backend that the model was trained on
   * @throws ConfigException if the backend does not exist, is unavailable or computes another
   *     function
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
   * Returns why a backend is unavailable on this machine; empty if it is available. A backend whose
   * check fails with a linkage error is unavailable.
   */
  public static Optional<String> unavailableReason(Backend backend) {
    try {
      return backend.unavailableReason();
    } catch (LinkageError e) {
      return Optional.of("it cannot be loaded: " + e);
    }
  }

  /**
   * Checks that a backend supports a shape.
   *
   * @throws ConfigException if it does not; the message names the backends that do
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
              "backend '%s' does not support this model: %s; change this setting or choose one of the backends: %s",
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
    return isOnRequest(backend) ? Optional.of("only if requested by name") : Optional.empty();
  }

  private static boolean isOnRequest(Backend backend) {
    return backend.priority() < 0;
  }
}
