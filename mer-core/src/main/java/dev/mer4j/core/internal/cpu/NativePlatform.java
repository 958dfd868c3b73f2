package dev.mer4j.core.internal.cpu;

import java.util.Locale;

/**
 * An operating system and a processor architecture, as the folders of native libraries in jars are
 * named: {@code linux-x86_64}.
 *
 * @param os {@code linux}, {@code windows}, {@code macos}, or the system's own name
 * @param architecture {@code x86_64}, {@code aarch64}, or the system's own name
 */
public record NativePlatform(String os, String architecture) {
  /** The 64-bit ARM architecture. */
  public static final String AARCH64 = "aarch64";

  /** Returns the platform of this JVM. */
  public static NativePlatform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /**
   * Returns a platform by the values of the system properties {@code os.name} and {@code os.arch}.
   */
  static NativePlatform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      os = "windows";
    } else if (os.startsWith("mac")) {
      os = "macos";
    }
    String architecture = osArch.toLowerCase(Locale.ROOT);
    return switch (architecture) {
      case "amd64", "x86_64", "x86-64" -> new NativePlatform(os, "x86_64");
      case "arm64", AARCH64 -> new NativePlatform(os, AARCH64);
      default -> new NativePlatform(os, architecture);
    };
  }

  /** Returns the absolute name of a library's resource. */
  public String resource(String library) {
    return "/META-INF/native/" + this + "/" + library;
  }

  @Override
  public String toString() {
    return os + "-" + architecture;
  }
}
