package dev.mer4j.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.mer4j.architecture.Constructors;
import dev.mer4j.architecture.Portability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses REPORT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mer4j.report");

  @Test
  void importsOnlyModulesBelow() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.mer4j",
            "dev.mer4j.report..",
            "dev.mer4j.eval..",
            "dev.mer4j.core..",
            "dev.mer4j.data..",
            "dev.mer4j.file..",
            "dev.mer4j.internal.json..",
            "java..",
            "javax.imageio..",
            "com.fasterxml.jackson..",
            "com.google.common..",
            "org.jspecify..",
            "org.slf4j..")
        .check(REPORT);
  }

  @Test
  void packagesDependOnlyOnThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("chart")
        .definedBy("dev.mer4j.report.internal.chart")
        .layer("table")
        .definedBy("dev.mer4j.report.internal.table")
        .layer("page")
        .definedBy("dev.mer4j.report.internal.page")
        .layer("report")
        .definedBy("dev.mer4j.report")
        .whereLayer("chart")
        .mayOnlyBeAccessedByLayers("page", "report")
        .whereLayer("table")
        .mayOnlyBeAccessedByLayers("page", "report")
        .whereLayer("page")
        .mayOnlyBeAccessedByLayers("report")
        .whereLayer("report")
        .mayNotBeAccessedByAnyLayer()
        .check(REPORT);
  }

  @Test
  void noOtherModuleWritesMarkup() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
      files
          .map(Path::toString)
          .filter(file -> file.matches("\\.\\./mer-(?!report/)[^/]+/src/main/java/.*\\.java"))
          .forEach(file -> sources.add(Path.of(file)));
    }

    assertThat(sources)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            file ->
                assertThat(Files.readAllLines(file))
                    .noneMatch(line -> line.contains("</") && !line.matches("\\s*/?\\*.*")));
  }

  @Test
  void nothingPrints() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(REPORT);
  }

  @Test
  void nothingDependsOnLocaleCharacterSetOrJavaRelease() {
    Portability.NO_DEFAULT_LOCALE.check(REPORT);
    Portability.NO_DEFAULT_CHARSET.check(REPORT);
    Portability.NO_RANDOM_DRAWS_OF_THE_JDK.check(REPORT);
  }

  @Test
  void longConstructorsHaveABuilder() {
    Constructors.areShortOrHaveABuilder().check(REPORT);
    Constructors.LONG_ONES_ARE_CALLED_IN_THEIR_PACKAGE.check(REPORT);
  }
}
