package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Prints each backend with the reason why it is unavailable, or "available". */
public final class BackendListing {
  /** Printed in place of a reason. */
  public static final String AVAILABLE = "available";

  private BackendListing() {}

  /** Prints a line for each backend. */
  public static void main(String[] arguments) {
    for (Backend backend : Backends.all()) {
      System.out.println(backend.name() + ": " + backend.unavailableReason().orElse(AVAILABLE));
    }
  }

  /**
   * Returns the listing of a process whose class path lacks some files.
   *
   * @param lacking a regular expression for the names of the files
   */
  public static String without(String lacking) throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !new File(entry).getName().matches(lacking))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                BackendListing.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
