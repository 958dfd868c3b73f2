package dev.mer4j.samediff;

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
    "nd4j-native, its artifact",
    "openblas, org.bytedeco:openblas",
  })
  void reportsTheMissingArtifact(String lacking, String artifact) throws Exception {
    String listing =
        BackendListing.without(lacking + "-[0-9].*-" + Loader.getPlatform() + "\\.jar");

    assertThat(listing.lines().filter(line -> line.startsWith("samediff: ")))
        .singleElement()
        .asString()
        .contains(artifact, "with classifier " + Loader.getPlatform());
  }

  @Test
  void isAvailableOnTheFullClassPath() throws Exception {
    assertThat(BackendListing.without("nothing")).contains("samediff: " + BackendListing.AVAILABLE);
  }
}
