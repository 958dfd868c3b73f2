package dev.mer4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that every Java block of the guides is a tagged region of a test in this module or in
 * mer-spark. The README's block is a complete program, which {@link QuickstartTest} compiles and
 * runs.
 */
class SnippetsTest {
  private static final Path ROOT = Path.of("..");
  private static final List<Path> SOURCES =
      List.of(Path.of("src/test/java"), ROOT.resolve("mer-spark/src/test/java"));
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("// tag::(\\w+)\\[\\]\n(.*?) *// end::\\1\\[\\]", Pattern.DOTALL);

  @Test
  void everyJavaBlockOfTheGuidesIsTestedCode() throws IOException {
    List<String> regions = regions();
    assertThat(regions).isNotEmpty();
    int blocks = 0;
    for (Path guide : guides()) {
      Matcher block = BLOCK.matcher(Files.readString(guide));
      while (block.find()) {
        blocks++;
        assertThat(regions).as("Java block of %s", guide).contains(code(block.group(1)));
      }
    }
    assertThat(blocks).isPositive();
  }

  private static List<Path> guides() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static List<String> regions() throws IOException {
    List<String> regions = new ArrayList<>();
    for (Path sources : SOURCES) {
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher region = REGION.matcher(Files.readString(file));
          while (region.find()) {
            regions.add(code(region.group(2)));
          }
        }
      }
    }
    return regions;
  }

  private static String code(String text) {
    return text.stripTrailing().stripIndent();
  }
}
