package dev.mer4j.docs;

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

/**
 * Compiles a modular program on the module path and links it with {@code jlink} into a runtime
 * image, which trains a model and loads it with each backend.
 *
 * <p>{@code jlink} does not support automatic modules: the image contains {@code jna-jpms} instead
 * of {@code jna}, the same library with a module descriptor. JavaCPP does not find native libraries
 * in an image: they are on its module path.
 */
class ModulePathIT {
  private static final String VERSION = System.getProperty("mer4j.version");
  private static final List<String> MODULES =
      List.of("mer-data", "mer-core", "mer-onednn", "mer-eval", "mer-train");
  private static final List<String> LIBRARIES =
      List.of(
          "jackson-",
          "jspecify-",
          "slf4j-api-",
          "commons-statistics-",
          "commons-numbers-",
          "commons-rng-",
          "javacpp-",
          "dnnl-",
          "opencl-");

  @TempDir private Path folder;

  @Test
  void linkedImageTrainsAndLoadsAModel() throws Exception {
    String modulePath = modulePath();
    Path sources = Files.createDirectories(folder.resolve("sources/example")).getParent();
    Files.writeString(
        sources.resolve("module-info.java"), "module example { requires dev.mer4j.train; }");
    Files.writeString(sources.resolve("example/Example.java"), program());
    Path classes = folder.resolve("classes");
    Path image = folder.resolve("image");

    run(
        List.of(
            tool("javac"),
            "-J-XX:TieredStopAtLevel=1",
            "--release=17",
            "--module-path=" + modulePath,
            "-d",
            classes.toString(),
            sources.resolve("module-info.java").toString(),
            sources.resolve("example/Example.java").toString()));
    run(
        List.of(
            tool("jlink"),
            "-J-XX:TieredStopAtLevel=1",
            "--module-path=" + classes + File.pathSeparator + modulePath,
            "--add-modules=example,dev.mer4j.onednn",
            "--output=" + image));
    String printed =
        run(
            List.of(
                image.resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--module-path=" + System.getProperty("java.class.path"),
                "--add-modules=" + nativeModules(),
                "--module=example/example.Example",
                "native",
                "onednn"));

    assertThat(printed.lines().filter(line -> line.startsWith("backend ")))
        .hasSize(2)
        .anyMatch(line -> line.matches("backend native: [1-9][0-9]* predictions"))
        .anyMatch(line -> line.matches("backend onednn: [1-9][0-9]* predictions"));
    assertThat(folder.resolve("model/model.safetensors")).isRegularFile();
  }

  @Test
  void internalPackagesCannotBeUsed() throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("Peek.java"),
            "class Peek { dev.mer4j.core.internal.io.ModelFile file; }");
    Path module =
        Files.writeString(
            folder.resolve("module-info.java"), "module peek { requires dev.mer4j.core; }");

    Process javac =
        start(
            List.of(
                tool("javac"),
                "--module-path=" + modulePath(),
                "-d",
                folder.resolve("peek").toString(),
                source.toString(),
                module.toString()));

    assertThat(output(javac)).contains("package dev.mer4j.core.internal.io is not visible");
    assertThat(javac.waitFor()).isNotZero();
  }

  private static String program() throws IOException {
    return Files.readString(Path.of("src/test/resources/ModularProgram.java"));
  }

  private static String modulePath() throws IOException {
    List<String> jars = new ArrayList<>();
    for (String module : MODULES) {
      jars.add("../" + module + "/target/" + module + "-" + VERSION + ".jar");
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      String name = Path.of(entry).getFileName().toString();
      if (LIBRARIES.stream().anyMatch(name::startsWith)) {
        jars.add(entry);
      }
    }
    try (Stream<Path> modular = Files.list(Path.of("target/modules"))) {
      modular.map(Path::toString).forEach(jars::add);
    }
    return String.join(
        File.pathSeparator,
        jars.stream().map(jar -> Path.of(jar).toAbsolutePath().toString()).toList());
  }

  /** Returns the modules of native libraries, which no module requires. */
  private static String nativeModules() {
    Path[] classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toArray(Path[]::new);
    return ModuleFinder.of(classPath).findAll().stream()
        .map(module -> module.descriptor().name())
        .filter(name -> name.matches("org\\.bytedeco\\.\\w+\\..*"))
        .collect(Collectors.joining(","));
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private String run(List<String> command) throws Exception {
    Process process = start(command);
    String output = output(process);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
