package dev.mer4j.core.encoder;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the engines on the class path. One that cannot be loaded is reported as an engine that
 * cannot run, and does not keep the others from being found.
 */
final class EngineProviders {
  private static final Logger LOG = LoggerFactory.getLogger(EngineProviders.class);
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  /** A class path whose services cannot be read fails again and again. */
  private static final int MOST_FAILURES = 100;

  private final List<EncoderEngine> found = new ArrayList<>();
  private int failures;

  private EngineProviders() {}

  /** Returns all engines that a class loader finds, in no particular order. */
  static List<EncoderEngine> find(ClassLoader loader) {
    EngineProviders providers = new EngineProviders();
    Iterator<ServiceLoader.Provider<EncoderEngine>> each =
        ServiceLoader.load(EncoderEngine.class, loader).stream().iterator();
    while (providers.failures < MOST_FAILURES && providers.addNext(each)) {}
    return providers.found;
  }

  private boolean addNext(Iterator<ServiceLoader.Provider<EncoderEngine>> each) {
    ServiceLoader.Provider<EncoderEngine> provider;
    try {
      if (!each.hasNext()) {
        return false;
      }
      provider = each.next();
    } catch (ServiceConfigurationError | LinkageError e) {
      addFailure("an engine that cannot be loaded", e);
      return true;
    }
    try {
      found.add(provider.get());
    } catch (ServiceConfigurationError | LinkageError e) {
      addFailure(provider.type().getName(), e);
    }
    return true;
  }

  private void addFailure(String name, Error failure) {
    failures++;
    String reason = "it cannot be loaded: " + cause(failure);
    found.add(new UnusableEngine(name, reason));
    if (REPORTED.add(name + reason)) {
      LOG.warn("engine '{}' is passed over: {}", name, reason);
    }
  }

  /** An error's deepest cause says which class or file is missing. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof LinkageError)) {
      cause = cause.getCause();
    }
    return cause;
  }
}
