package dev.mer4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** The complete Java program of the README. */
final class ReadmeProgram {
  static final String CLASS = "TrainModel";
  private static final Path README = Path.of("../README.md");

  private ReadmeProgram() {}

  /** Returns the first block of the README in a language. */
  static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(README));
    assertThat(block.find()).as("a %s block in README.md", language).isTrue();
    return block.group(1);
  }

  /** Writes the program's source file to a folder. */
  static Path write(Path folder) throws IOException {
    return Files.writeString(
        Files.createDirectories(folder).resolve(CLASS + ".java"), block("java"));
  }

  /** Compiles the program with its own imports, and runs it. */
  static void run(Path folder, Path store, Path model) throws Exception {
    String source = write(folder).toString();
    String[] javac = {"-proc:none", "-d", folder.toString(), "-cp", classPath(), source};
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, javac)).isZero();
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(classes, ReadmeProgram.class.getClassLoader())) {
      loader
          .loadClass(CLASS)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {store.toString(), model.toString()});
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
