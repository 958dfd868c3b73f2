package dev.mer4j.core.internal.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.internal.cpu.NativePlatform;
import dev.mer4j.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KernelLibraryTest {
  private static final String FOLDER = "/META-INF/native/";

  @Test
  void listHasTheDigestsOfTheLibraries() throws IOException {
    List<String> lines =
        new String(resource("libraries.txt"), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.get(0)).startsWith("# ");
    for (String line : lines.subList(1, lines.size())) {
      List<String> parts = List.of(line.split("  ", -1));
      assertThat(Sha256.of(resource(parts.get(1)))).as(line).isEqualTo(parts.get(0));
    }
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("  " + NativePlatform.current() + "/"));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = KernelLibraryTest.class.getResourceAsStream(FOLDER + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
