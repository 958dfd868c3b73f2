package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command line on the module path, which cannot contain ND4J and its shaded libraries. */
class ModulePathTest {
  private static final String NOT_MODULAR =
      "(nd4j|protobuf-1|guava-1\\.|jackson-1\\.|mer-data-.*-tests).*";

  private static final List<Path> MODULE_PATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .filter(Files::exists)
          .filter(path -> path.endsWith("classes") || Files.isRegularFile(path))
          .filter(path -> !path.toString().contains("mer-samediff"))
          .filter(path -> !path.getFileName().toString().matches(NOT_MODULAR))
          .toList();

  @TempDir private Path folder;

  @Test
  void commandsRunAndStartProcessesOnTheModulePath() throws Exception {
    run("demo", "--segments=40", "--epochs=1", "--out=demo");
    String trained =
        run(
            "train",
            "demo/mosei.store",
            "--epochs=1",
            "--seeds=2",
            "--processes=2",
            "--backend=onednn",
            "--out=seeds");

    assertThat(folder.resolve("demo/run/report/report.html")).isNotEmptyFile();
    assertThat(trained).contains("mean ± std");
    assertThat(folder.resolve("seeds/seed-7").resolve(TinyRun.TENSORS)).isNotEmptyFile();
    assertThat(folder.resolve("seeds/seed-8").resolve(TinyRun.TENSORS)).isNotEmptyFile();
  }

  @Test
  void versionIsThatOfTheModule() throws Exception {
    String version =
        ModuleFinder.of(MODULE_PATH.toArray(Path[]::new))
            .find("dev.mer4j.cli")
            .orElseThrow()
            .descriptor()
            .rawVersion()
            .orElseThrow();

    assertThat(run("--version")).isEqualToIgnoringNewLines("mer " + version);
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "--module-path="
                    + MODULE_PATH.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)),
                "--add-modules=" + nativeModules(),
                "--module=dev.mer4j.cli/dev.mer4j.cli.Mer"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  /** Returns the modules of native libraries, which no module requires. */
  private static String nativeModules() {
    return ModuleFinder.of(MODULE_PATH.toArray(Path[]::new)).findAll().stream()
        .map(module -> module.descriptor().name())
        .filter(name -> name.matches("org\\.bytedeco\\.\\w+\\..*"))
        .collect(Collectors.joining(","));
  }
}
