package dev.mer4j.onednn;

import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;

/** Checks JavaCPP, which provides memory outside the Java heap. */
final class JavaCpp {
  private JavaCpp() {}

  /** Returns why JavaCPP is unavailable; empty if it is available. */
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
   * Returns the message for a native library that cannot be loaded.
   *
   * @param what the name of the library
   * @param artifact the group and name of its artifact
   */
  static String missing(String what, String artifact) {
    return what
        + " cannot be loaded; add "
        + artifact
        + " with classifier "
        + Loader.getPlatform()
        + (JavaCpp.class.getModule().isNamed()
            ? " to the module path, and its module to --add-modules"
            : " to the class path");
  }
}
