package dev.mer4j.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mer4j.architecture.Constructors;
import dev.mer4j.architecture.Portability;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mer4j.spark");

  @Test
  void dependsOnlyOnModulesBelow() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.mer4j.cli..", "dev.mer4j..internal..")
        .check(CLASSES);
  }

  /** Nothing that Spark may change without notice. */
  @Test
  void usesOnlyPublicPackagesOfSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark.sql.catalyst..",
            "org.apache.spark.sql.execution..",
            "org.apache.spark.sql.internal..",
            "org.apache.spark.sql.classic..",
            "org.apache.spark.deploy..",
            "org.apache.spark.scheduler..")
        .check(CLASSES);
  }

  @Test
  void nothingDependsOnLocaleCharacterSetOrJavaRelease() {
    Portability.NO_DEFAULT_LOCALE.check(CLASSES);
    Portability.NO_DEFAULT_CHARSET.check(CLASSES);
    Portability.NO_RANDOM_DRAWS_OF_THE_JDK.check(CLASSES);
  }

  @Test
  void longConstructorsHaveABuilder() {
    Constructors.areShortOrHaveABuilder().check(CLASSES);
    Constructors.LONG_ONES_ARE_CALLED_IN_THEIR_PACKAGE.check(CLASSES);
  }
}
