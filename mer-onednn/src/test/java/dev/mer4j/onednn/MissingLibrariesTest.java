package dev.mer4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.encoder.BackendListing;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the reason that the backend gives if the class path lacks a native library. */
class MissingLibrariesTest {
  @ParameterizedTest(name = "without {0}")
  @CsvSource({
    "javacpp, org.bytedeco:javacpp",
    "dnnl, org.bytedeco:dnnl",
    "opencl, org.bytedeco:opencl",
  })
  void reportsTheMissingArtifact(String lacking, String artifact) throws Exception {
    String listing =
        BackendListing.without(lacking + "-[0-9].*-" + Loader.getPlatform() + "\\.jar");

    assertThat(reason(listing)).contains(artifact, "with classifier " + Loader.getPlatform());
  }

  @Test
  void reportsTheMissingClassesOfOpenCl() throws Exception {
    String listing = BackendListing.without("opencl-[0-9.-]*\\.jar");

    assertThat(reason(listing)).contains("org.bytedeco:opencl", "OpenCL not present");
  }

  @Test
  void isAvailableOnTheFullClassPath() throws Exception {
    assertThat(BackendListing.without("nothing")).contains("onednn: " + BackendListing.AVAILABLE);
  }

  private static String reason(String listing) {
    return listing.lines().filter(line -> line.startsWith("onednn: ")).findFirst().orElseThrow();
  }
}
