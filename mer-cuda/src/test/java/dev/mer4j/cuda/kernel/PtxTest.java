package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the PTX in the jar, built by {@code src/main/cuda/build.sh} on a machine with nvcc. */
class PtxTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Path RESOURCES = Path.of("src/main/resources/dev/mer4j/cuda");

  @Test
  void wasBuiltFromTheCurrentSources() throws IOException {
    Sha256 sha256 = new Sha256();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(PtxTest::isSource).sorted().toList()) {
        sha256.put(file);
      }
    }
    assertThat(sha256.hex())
        .as("the kernels have changed: run mvn -pl mer-cuda -am -Pptx compile")
        .isEqualTo(Files.readString(RESOURCES.resolve("sources.sha256")).strip());
  }

  private static boolean isSource(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".cu") || name.endsWith(".cuh");
  }

  @Test
  void supportsOldDrivers() throws IOException {
    for (String module : EmulatedGpu.MODULES) {
      assertThat(text(module))
          .contains(
              module.startsWith("sm80")
                  ? ".version 7.0\n.target sm_80\n"
                  : ".version 8.1\n.target sm_90\n");
    }
  }

  @Test
  void noKernelSpillsOnAnyArchitecture() throws IOException {
    List<String> report =
        Files.readAllLines(SOURCES.resolve("ptxas.txt"), StandardCharsets.UTF_8).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    assertThat(report).isNotEmpty().allMatch(line -> line.endsWith(" 0      0"));
    for (String module : EmulatedGpu.MODULES) {
      for (String kernel : kernels(module)) {
        assertThat(report).anyMatch(l -> l.contains(" " + kernel + " ") && l.startsWith("sm_90"));
      }
    }
  }

  @Test
  void everyKernelIsEmulated() throws IOException {
    try (EmulatedGpu gpu = EmulatedGpu.open()) {
      for (String module : EmulatedGpu.MODULES) {
        assertThat(kernels(module)).isNotEmpty().allSatisfy(gpu::function);
      }
    }
  }

  private static List<String> kernels(String module) throws IOException {
    return text(module)
        .lines()
        .filter(line -> line.contains(".entry"))
        .map(line -> line.replaceAll(".*\\.entry (\\w+).*", "$1"))
        .toList();
  }

  private static String text(String module) throws IOException {
    return Files.readString(RESOURCES.resolve(String.format(Locale.ROOT, "mer4j-%s.ptx", module)));
  }
}
