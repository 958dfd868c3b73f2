package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engines say in a process whose class path lacks a native library. */
class MissingLibrariesTest {
  private static final String AVAILABLE = "available";

  /** Prints each engine with the reason why it cannot run. */
  static final class Listing {
    private Listing() {}

    public static void main(String[] args) {
      for (EncoderEngine engine : EncoderEngines.all()) {
        System.out.println(engine.name() + ": " + engine.whyUnavailable().orElse(AVAILABLE));
      }
    }
  }

  @ParameterizedTest(name = "{1} without {0}")
  @CsvSource({
    "javacpp, packed, org.bytedeco:javacpp",
    "javacpp, onednn, org.bytedeco:javacpp",
    "dnnl, onednn, org.bytedeco:dnnl",
    "opencl, onednn, org.bytedeco:opencl",
  })
  void namesTheMissingArtifact(String lacking, String engine, String artifact) throws Exception {
    String listing = list(lacking + "-[0-9].*-" + Loader.getPlatform() + "\\.jar");

    assertThat(listing.lines().filter(line -> line.startsWith(engine + ": ")))
        .singleElement()
        .asString()
        .contains(artifact, "with classifier " + Loader.getPlatform());
  }

  @Test
  void findsAllOfThemOnTheWholeClassPath() throws Exception {
    assertThat(list("nothing"))
        .contains("onednn: " + AVAILABLE)
        .containsPattern("packed: (" + AVAILABLE + "|mer4j was built without a C compiler)");
  }

  private static String list(String lacking) throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !new File(entry).getName().matches(lacking))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                classPath,
                Listing.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
