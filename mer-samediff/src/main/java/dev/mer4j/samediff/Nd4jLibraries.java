package dev.mer4j.samediff;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * Checks ND4J's libraries. Separate from {@link SameDiffBackend}, which must be loadable without
 * ND4J.
 */
final class Nd4jLibraries {
  private static boolean loaded;

  private Nd4jLibraries() {}

  /**
   * Returns which library is missing; empty if none. Loads the libraries once. Holds a lock,
   * because JavaCPP's classes may deadlock if two threads initialize them.
   *
   * @throws LinkageError if nd4j-api is missing
   */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // shared with other backends
  static Optional<String> missing() {
    synchronized (Loader.class) {
      if (loaded) {
        return Optional.empty();
      }
      Optional<String> missing = load();
      loaded = missing.isEmpty();
      return missing;
    }
  }

  private static Optional<String> load() {
    try {
      Nd4jBackend.load();
      return missingNativeLibrary();
    } catch (Nd4jBackend.NoAvailableBackendException e) {
      return Optional.of("no ND4J backend, such as nd4j-native, is on the class path");
    }
  }

  private static Optional<String> missingNativeLibrary() {
    try {
      Nd4j.create(1);
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of(
          "the ND4J backend's native library cannot be loaded; add its artifact and"
              + " org.bytedeco:openblas with classifier "
              + Loader.getPlatform()
              + " to the class path: "
              + rootCause(e).getMessage());
    }
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
