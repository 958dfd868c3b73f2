package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.JavaTraining.Variant;
import dev.mer4j.core.internal.cpu.ThreadBudget;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Backend {@code java} gives the same bits everywhere. The constants were computed by JDK 17 on
 * x86-64 with AVX-512.
 */
class JavaBitsTest {
  private static final String SHA256 =
      "31989c0427b36695f2e1aa7daea48e24120b3088b7c9d37b0628fc0a44e1d552";

  private static final String POOLED_SHA256 =
      "cf3532ab850ee273a21e0b0966f752c5518f152513677c2f160adcdb6f0d1c51";

  private static final List<String> LINES = List.of("java " + SHA256, "java " + POOLED_SHA256);
  private static final String MAIN = JavaTraining.class.getName();

  @AfterEach
  void useAllCores() {
    System.clearProperty(ThreadBudget.PROPERTY);
  }

  @Test
  void trainingHasTheSameBitsOnEveryNumberOfThreads() {
    for (int threads : new int[] {1, 2, 3, 5, 8, 12, 16, 24, 32}) {
      System.setProperty(ThreadBudget.PROPERTY, Integer.toString(threads));
      assertThat(JavaTraining.sha256(Variant.PLAIN)).as("%d threads", threads).isEqualTo(SHA256);
      assertThat(JavaTraining.sha256(Variant.POOLED))
          .as("%d threads", threads)
          .isEqualTo(POOLED_SHA256);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
  void trainingHasTheSameBitsInInterpretedAndCompiledCode(String option) throws Exception {
    String classPath = System.getProperty("java.class.path");
    assertThat(printed(List.of(option, "-cp", classPath, MAIN, "java"))).contains(LINES);
  }

  @Test
  void isTheDefaultWithoutJnaAndSaysSoOnce() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !new File(entry).getName().startsWith("jna-"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(printed(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, MAIN)))
        .contains(LINES)
        .containsOnlyOnce("the encoders run on backend 'java', because faster ones are unavailable")
        .contains("native (");
  }

  private static String printed(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
