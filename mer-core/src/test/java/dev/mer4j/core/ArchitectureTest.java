package dev.mer4j.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mer4j.architecture.Constructors;
import dev.mer4j.architecture.Portability;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mer4j.core");

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.mer4j.core.(**)").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void doesNotDependOnNd4jOrJavaCpp() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
        .check(CORE);
  }

  @Test
  void onlyNativePackagesUseJna() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..core.internal.cpu", "..core.internal.packed")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(CORE);
  }

  @Test
  void modelDoesNotDependOnBackendClasses() {
    noClasses()
        .that()
        .resideInAPackage("dev.mer4j.core")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..core.internal.packed")
        .check(CORE);
  }

  @Test
  void nothingDependsOnLocaleCharsetPlatformOrJavaRelease() {
    Portability.NO_DEFAULT_LOCALE.check(CORE);
    Portability.NO_DEFAULT_CHARSET.check(CORE);
    Portability.NO_RANDOM_DRAWS_OF_THE_JDK.check(CORE);
    Portability.NO_INEXACT_MATH.check(CORE);
  }

  @Test
  void longConstructorsHaveABuilder() {
    Constructors.areShortOrHaveABuilder().check(CORE);
    Constructors.LONG_ONES_ARE_CALLED_IN_THEIR_PACKAGE.check(CORE);
  }
}
