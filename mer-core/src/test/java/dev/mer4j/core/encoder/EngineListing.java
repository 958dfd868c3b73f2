package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Prints each engine with the reason why it cannot run, or that it is available. */
public final class EngineListing {
  /** What is printed in place of a reason. */
  public static final String AVAILABLE = "available";

  private EngineListing() {}

  /** Prints a line for each engine. */
  public static void main(String[] arguments) {
    for (EncoderEngine engine : EncoderEngines.all()) {
      System.out.println(engine.name() + ": " + engine.whyUnavailable().orElse(AVAILABLE));
    }
  }

  /**
   * Returns what a process prints whose class path lacks some files.
   *
   * @param lacking a regular expression of their names
   */
  public static String without(String lacking) throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !new File(entry).getName().matches(lacking))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                classPath,
                EngineListing.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
