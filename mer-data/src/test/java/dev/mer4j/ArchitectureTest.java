package dev.mer4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.mer4j.architecture.Constructors;
import dev.mer4j.architecture.Portability;
import dev.mer4j.data.inspect.FileReport;
import dev.mer4j.data.inspect.Inspection;
import dev.mer4j.data.sanitize.SanitizeCounts;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mer4j");

  @Test
  void packagesHaveNoCyclicDependencies() {
    slices().matching("dev.mer4j.data.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesDependOnlyOnLowerLayers() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("hdf5")
        .definedBy("dev.mer4j.data.internal.hdf5")
        .layer("csd")
        .definedBy("dev.mer4j.data.csd")
        .layer("segment")
        .definedBy("dev.mer4j.data.segment")
        .layer("source")
        .definedBy("dev.mer4j.data.source..")
        .layer("coverage")
        .definedBy("dev.mer4j.data.coverage")
        .layer("sanitize")
        .definedBy("dev.mer4j.data.sanitize")
        .layer("fold")
        .definedBy("dev.mer4j.data.fold")
        .layer("label")
        .definedBy("dev.mer4j.data.label")
        .layer("batch")
        .definedBy("dev.mer4j.data.batch")
        .layer("store")
        .definedBy("dev.mer4j.data.store")
        .layer("synth")
        .definedBy("dev.mer4j.data.synth")
        .layer("inspect")
        .definedBy("dev.mer4j.data.inspect")
        .whereLayer("hdf5")
        .mayOnlyBeAccessedByLayers("csd")
        .whereLayer("csd")
        .mayOnlyBeAccessedByLayers("segment", "source", "coverage", "store", "synth", "inspect")
        .whereLayer("segment")
        .mayOnlyBeAccessedByLayers("source", "coverage", "sanitize", "store", "inspect")
        .whereLayer("source")
        .mayOnlyBeAccessedByLayers("coverage", "store", "inspect")
        .whereLayer("sanitize")
        .mayOnlyBeAccessedByLayers("store", "inspect")
        .whereLayer("fold")
        .mayOnlyBeAccessedByLayers("source", "coverage", "store", "inspect")
        .whereLayer("coverage")
        .mayOnlyBeAccessedByLayers("store", "inspect")
        .whereLayer("label")
        .mayOnlyBeAccessedByLayers("batch", "inspect")
        .whereLayer("batch")
        .mayOnlyBeAccessedByLayers("store")
        .whereLayer("store")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("synth")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("inspect")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void dataDoNotDependOnTensorLibraries() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void dataDoNotDependOnGraphics() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.imageio..")
        .check(CLASSES);
  }

  @Test
  void nothingPrints() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void nothingDependsOnLocaleCharsetPlatformOrJavaRelease() {
    Portability.NO_DEFAULT_LOCALE.check(CLASSES);
    Portability.NO_DEFAULT_CHARSET.check(CLASSES);
    Portability.NO_RANDOM_DRAWS_OF_THE_JDK.check(CLASSES);
    Portability.NO_INEXACT_MATH.check(CLASSES);
  }

  /** These are results: one method, next to the constructor, fills each of them. */
  @Test
  void longConstructorsHaveABuilder() {
    Constructors.areShortOrHaveABuilder(FileReport.class, Inspection.class, SanitizeCounts.class)
        .check(CLASSES);
    Constructors.LONG_ONES_ARE_CALLED_IN_THEIR_PACKAGE.check(CLASSES);
  }
}
