package dev.mer4j.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mer4j.architecture.Constructors;
import dev.mer4j.architecture.Portability;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /** The classes of this module, without those that protoc generates. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/internal/proto/"))
          .importPackages("dev.mer4j.onnx");

  @Test
  void importsOnlyModulesBelow() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.mer4j",
            "dev.mer4j.onnx..",
            "dev.mer4j.core..",
            "dev.mer4j.data..",
            "dev.mer4j.file..",
            "dev.mer4j.seed..",
            "java..",
            "ai.onnxruntime..",
            "com.fasterxml.jackson..",
            "com.google.protobuf..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void usesNothingInternalOfOtherModules() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.mer4j.core.internal..")
        .check(CLASSES);
  }

  @Test
  void onlyTheSessionDependsOnOnnxRuntime() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(RuntimeSession.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(CLASSES);
  }

  @Test
  void doesNotDependOnDefaultLocaleCharsetOrJdkRandomness() {
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
