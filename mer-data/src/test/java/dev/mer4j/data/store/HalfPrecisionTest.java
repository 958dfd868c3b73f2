package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.segment.SampleUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HalfPrecisionTest {
  @TempDir static Path data;
  private static CsdFolder files;

  @TempDir Path folder;

  @BeforeAll
  static void writeData() {
    files = SmallFiles.write(data);
  }

  @Test
  void takesHalfTheSpaceAndRoundsToNearest() throws IOException {
    Preparation.builder(files).build().run(folder.resolve("full"));
    PrepareOptions options =
        new PrepareOptions(
            SampleUnit.SEGMENT,
            300,
            Truncation.HEAD,
            SanitizeOptions.DEFAULT,
            IncompletePolicy.KEEP,
            Precision.FLOAT16);
    Preparation.builder(files).options(options).build().run(folder.resolve("half"));
    assertThat(Files.size(folder.resolve("half")))
        .isBetween(
            Files.size(folder.resolve("full")) / 2, Files.size(folder.resolve("full")) * 6 / 10);
    try (SegmentStore full = SegmentStore.open(folder.resolve("full"));
        SegmentStore half = SegmentStore.open(folder.resolve("half"))) {
      half.verify();
      assertThat(half.info().options()).isEqualTo(options);
      for (int s = 0; s < full.allSegments().size(); s++) {
        for (Modality modality : full.allSegments().info(s).modalities().toList()) {
          float[] expected = full.allSegments().features(s, modality).values();
          float[] found = half.allSegments().features(s, modality).values();
          assertThat(found).hasSameSizeAs(expected);
          for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isEqualTo(Float16.value(Float16.of(expected[i])));
          }
        }
      }
    }
  }

  @Test
  void rejectsALimitAboveTheLargestValue() {
    assertThatThrownBy(
            () ->
                new PrepareOptions(
                    SampleUnit.SEGMENT,
                    0,
                    Truncation.HEAD,
                    new SanitizeOptions(1e6, PerModality.of()),
                    IncompletePolicy.KEEP,
                    Precision.FLOAT16))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("steps must be at least 1: 0")
        .hasMessageContaining("the text limit must be at most 65504.0, the largest float16");
  }
}
