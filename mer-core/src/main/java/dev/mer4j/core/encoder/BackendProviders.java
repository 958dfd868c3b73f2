package dev.mer4j.core.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the backends on the class path. A backend that cannot be loaded is logged and returned as
 * an {@link UnusableBackend}; the others are still found.
 */
final class BackendProviders {
  private static final Logger LOG = LoggerFactory.getLogger(BackendProviders.class);
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  private static final String SERVICES = "META-INF/services/" + Backend.class.getName();

  /** Bounds the search, because unreadable service files may fail endlessly. */
  private static final int MOST_FAILURES = 100;

  private final ClassLoader loader;
  private final List<Backend> found = new ArrayList<>();
  private int failures;

  private BackendProviders(ClassLoader loader) {
    this.loader = loader;
  }

  /** Returns all backends that a class loader finds, in any order. */
  static List<Backend> find(ClassLoader loader) {
    BackendProviders providers = new BackendProviders(loader);
    Iterator<ServiceLoader.Provider<Backend>> each =
        ServiceLoader.load(Backend.class, loader).stream().iterator();
    while (providers.failures < MOST_FAILURES && providers.addNext(each)) {}
    return providers.found;
  }

  private boolean addNext(Iterator<ServiceLoader.Provider<Backend>> each) {
    ServiceLoader.Provider<Backend> provider;
    try {
      if (!each.hasNext()) {
        return false;
      }
      provider = each.next();
    } catch (ServiceConfigurationError e) {
      addFailure("a backend", e);
      return true;
    } catch (LinkageError e) {
      addFailure(unlinked(e), e);
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
    found.add(new UnusableBackend(name, reason));
    if (REPORTED.add(name + reason)) {
      LOG.warn("backend '{}' is skipped: {}", name, reason);
    }
  }

  /**
   * Returns the name of the provider class that fails with this error, which the error does not
   * name.
   */
  private String unlinked(LinkageError failure) {
    for (String name : names()) {
      try {
        Constructor<?> linked = Class.forName(name, false, loader).getConstructor();
        LOG.debug("{} can be linked", linked);
      } catch (LinkageError e) {
        if (Objects.equals(e.getMessage(), failure.getMessage())) {
          return name;
        }
      } catch (ReflectiveOperationException e) {
        LOG.debug("{} fails for another reason", name, e);
      }
    }
    return "a backend";
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      for (URL file : Collections.list(loader.getResources(SERVICES))) {
        try (InputStream in = file.openStream()) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .forEach(names::add);
        }
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read", SERVICES, e);
    }
    return names;
  }

  /** Returns the first linkage error or deepest cause, which names the missing class or file. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof LinkageError)) {
      cause = cause.getCause();
    }
    return cause;
  }
}
