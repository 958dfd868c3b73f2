package dev.mer4j.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mer4j.architecture.Constructors;
import dev.mer4j.architecture.Portability;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.attribution.TermShare;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses EVAL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mer4j.eval");

  @Test
  void doesNotDependOnTensors() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.nd4j..").check(EVAL);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.mer4j.eval.(**)").should().beFreeOfCycles().check(EVAL);
  }

  @Test
  void metricsDoNotDependOnTheirUsers() {
    noClasses()
        .that()
        .resideInAPackage("..metric")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..eval", "..baseline", "..threshold", "..study")
        .check(EVAL);
  }

  @Test
  void drawsNothing() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.imageio..", "dev.mer4j.report..")
        .check(EVAL);
  }

  @Test
  void nothingDependsOnLocaleCharsetPlatformOrJavaRelease() {
    Portability.NO_DEFAULT_LOCALE.check(EVAL);
    Portability.NO_DEFAULT_CHARSET.check(EVAL);
    Portability.NO_RANDOM_DRAWS_OF_THE_JDK.check(EVAL);
    Portability.NO_INEXACT_MATH.check(EVAL);
  }

  /** Result types, each created by a single method. */
  @Test
  void longConstructorsHaveABuilder() {
    Constructors.areShortOrHaveABuilder(
            Evaluation.class, Attributions.Share.class, TermShare.class, MultiLabelMetrics.class)
        .check(EVAL);
    Constructors.LONG_ONES_ARE_CALLED_IN_THEIR_PACKAGE.check(EVAL);
  }
}
