package dev.mer4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds and runs a new project with the dependencies and the program of the README, resolved from
 * an empty local repository.
 *
 * <p>This build's modules are installed into that repository. Everything else is copied from the
 * user's local repository: nothing is downloaded.
 */
class ReadmeProjectIT {
  private static final Path ROOT = Path.of("..");
  private static final String VERSION = System.getProperty("mer4j.version");
  private static final String COMPILE =
      "org.apache.maven.plugins:maven-compiler-plugin:3.14.1:compile";
  private static final String CLASS_PATH =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath";

  @TempDir private Path folder;

  @Test
  void readmeProjectCompilesTrainsAndEvaluates() throws Exception {
    Path project = Files.createDirectory(folder.resolve("project"));
    writeProject(project);
    Path repository = folder.resolve("repository");
    install(repository);

    run(
        project,
        List.of(
            Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
            "--batch-mode",
            "--offline",
            "--quiet",
            "--lax-checksums",
            "-Daether.offline.protocols=file",
            "--settings=" + settings(),
            "-Dmaven.repo.local=" + repository,
            "-Dmaven.compiler.release=17",
            "-Dmdep.outputFile=class-path",
            COMPILE,
            CLASS_PATH));

    String classPath = Files.readString(project.resolve("class-path"));
    assertThat(classPath).doesNotContain("nd4j", "bytedeco", "guava", "protobuf", "onnx");
    String printed =
        run(
            project,
            List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "target/classes" + File.pathSeparator + classPath,
                "ReadmeProject"));
    assertThat(printed).contains("backend native").containsPattern("(?m)^0\\.\\d+ (0\\.\\d+|NaN)$");
    assertThat(project.resolve("model/model.safetensors")).isRegularFile();
  }

  private static void writeProject(Path project) throws IOException {
    String pom =
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>example</groupId>
        <artifactId>readme</artifactId>
        <version>1</version>
        %s
        </project>
        """;
    Files.writeString(project.resolve("pom.xml"), filled(pom, ReadmeProgram.block("xml")));
    Path sources = project.resolve("src/main/java");
    ReadmeProgram.write(sources);
    Files.copy(
        Path.of("src/test/resources/ReadmeProject.java"), sources.resolve("ReadmeProject.java"));
  }

  private static String filled(String template, String value) {
    return template.replace("%s", value);
  }

  /** Installs every module into a local repository. */
  private static void install(Path repository) throws IOException {
    Path parent = artifact(repository, "mer4j-parent");
    Files.copy(ROOT.resolve("pom.xml"), Path.of(parent + ".pom"));
    for (String module : modules()) {
      Path target = artifact(repository, module);
      Files.copy(ROOT.resolve(module).resolve("pom.xml"), Path.of(target + ".pom"));
      if (Files.isRegularFile(jar(module))) {
        Files.copy(jar(module), Path.of(target + ".jar"));
      }
    }
  }

  private static Path artifact(Path repository, String name) throws IOException {
    Path artifact = repository.resolve("dev/mer4j").resolve(name).resolve(VERSION);
    return Files.createDirectories(artifact).resolve(name + "-" + VERSION);
  }

  private static List<String> modules() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    List<String> modules = new ArrayList<>();
    Matcher module =
        Pattern.compile("<module>(.*?)</module>").matcher(pom.split("<profiles>", 2)[0]);
    while (module.find()) {
      modules.add(module.group(1));
    }
    assertThat(modules).contains("mer-bom", "mer-train");
    return modules;
  }

  private static Path jar(String module) {
    return ROOT.resolve(module).resolve("target/" + module + "-" + VERSION + ".jar");
  }

  private Path settings() throws IOException {
    String repository = Path.of(System.getProperty("mer4j.localRepository")).toUri().toString();
    String settings =
        """
        <settings>
          <mirrors>
            <mirror><id>files</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
          </mirrors>
        </settings>
        """;
    return Files.writeString(folder.resolve("settings.xml"), filled(settings, repository));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String run(Path folder, List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
