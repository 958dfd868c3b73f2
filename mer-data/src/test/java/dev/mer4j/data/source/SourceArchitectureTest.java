package dev.mer4j.data.source;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import org.junit.jupiter.api.Test;

final class SourceArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mer4j.data.source");

  @Test
  void aPackageKnowsOnlyThoseBeforeIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("array")
        .definedBy("dev.mer4j.data.source.array")
        .layer("zip")
        .definedBy("dev.mer4j.data.source.zip")
        .layer("pickle")
        .definedBy("dev.mer4j.data.source.pickle")
        .layer("numpy")
        .definedBy("dev.mer4j.data.source.numpy")
        .layer("torch")
        .definedBy("dev.mer4j.data.source.torch")
        .layer("safetensors")
        .definedBy("dev.mer4j.data.source.safetensors")
        .layer("detect")
        .definedBy("dev.mer4j.data.source.detect")
        .whereLayer("zip")
        .mayOnlyBeAccessedByLayers("numpy", "torch", "detect")
        .whereLayer("pickle")
        .mayOnlyBeAccessedByLayers("numpy", "torch", "detect")
        .whereLayer("numpy")
        .mayOnlyBeAccessedByLayers("detect")
        .whereLayer("torch")
        .mayOnlyBeAccessedByLayers("detect")
        .whereLayer("safetensors")
        .mayOnlyBeAccessedByLayers("detect")
        .check(CLASSES);
  }

  @Test
  void readersRunNothingThatAFileNames() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..", "javax.script..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .check(CLASSES);
  }

  @Test
  void arraysOfAFileKnowNothingOfSegments() {
    classes()
        .that()
        .resideInAnyPackage("..source.array..", "..source.pickle..", "..source.zip..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.slf4j..", "org.jspecify..", "dev.mer4j", "dev.mer4j.file", "..source..")
        .check(CLASSES);
  }
}
