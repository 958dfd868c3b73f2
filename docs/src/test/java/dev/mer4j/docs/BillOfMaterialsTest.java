package dev.mer4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that {@code mer-bom}, which has no parent, agrees with the parent of the modules. */
class BillOfMaterialsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>(mer-[\\w-]+)</module>");
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>(mer-[\\w.-]+)</artifactId>\\s*<version>\\$");
  private static final Pattern OWN_ARTIFACT =
      Pattern.compile("</parent>\\s*<artifactId>(mer-[\\w.-]+)</artifactId>");
  private static final Pattern VERSION = Pattern.compile("<([\\w-]+\\.version)>(.*?)</\\1>");

  @Test
  void everyPublishedModuleIsListed() throws IOException {
    Set<String> published = new TreeSet<>();
    for (String module : names(MODULE, "pom.xml")) {
      published.addAll(names(OWN_ARTIFACT, module + "/pom.xml"));
    }

    assertThat(names(ARTIFACT, "mer-bom/pom.xml")).isEqualTo(published).contains("mer-train");
  }

  @Test
  void nativeLibrariesHaveTheVersionsOfTheBuild() throws IOException {
    assertThat(versions("pom.xml"))
        .containsKey("nd4j.version")
        .containsAllEntriesOf(versions("mer-bom/pom.xml"));
  }

  @Test
  void metadataIsThatOfTheParent() throws IOException {
    for (String element : new String[] {"version", "url", "licenses", "developers"}) {
      assertThat(element(element, "mer-bom/pom.xml")).isEqualTo(element(element, "pom.xml"));
    }
  }

  private static Set<String> names(Pattern pattern, String pom) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(read(pom));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static Map<String, String> versions(String pom) throws IOException {
    Map<String, String> versions = new TreeMap<>();
    Matcher matcher = VERSION.matcher(read(pom));
    while (matcher.find()) {
      versions.put(matcher.group(1), matcher.group(2));
    }
    return versions;
  }

  /** Returns the content of the first element of this name. */
  private static String element(String name, String pom) throws IOException {
    String text = read(pom);
    int start = text.indexOf("<" + name + ">");
    assertThat(start).as("%s of %s", name, pom).isPositive();
    return text.substring(start, text.indexOf("</" + name + ">", start));
  }

  private static String read(String pom) throws IOException {
    return Files.readString(ROOT.resolve(pom));
  }
}
