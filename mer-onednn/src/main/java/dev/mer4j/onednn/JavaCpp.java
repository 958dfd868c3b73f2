package dev.mer4j.onednn;

import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;

/** The library that gives Java memory outside the heap. */
final class JavaCpp {
  private JavaCpp() {}

  /** Returns why there is no memory outside the heap, if so: what the class path lacks. */
  static Optional<String> unavailableReason() {
    try {
      new FloatPointer(1).close();
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(
          missing("JavaCPP's native library", "org.bytedeco:javacpp") + ": " + e.getMessage());
    }
  }

  /**
   * Says that an artifact's native part does not load.
   *
   * @param what what it is
   * @param artifact its group and name
   */
  static String missing(String what, String artifact) {
    return what
        + " does not load; add "
        + artifact
        + " with classifier "
        + Loader.getPlatform()
        + " to the class path";
  }
}
