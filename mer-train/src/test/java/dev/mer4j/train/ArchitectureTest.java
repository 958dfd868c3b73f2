package dev.mer4j.train;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mer4j.architecture.Constructors;
import dev.mer4j.architecture.Portability;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.EpochTotals;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mer4j.train");

  @Test
  void doesNotDependOnTheTensorLibrary() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.nd4j..").check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("dev.mer4j.(train..)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingDependsOnLocaleCharsetPlatformOrJavaRelease() {
    Portability.NO_DEFAULT_LOCALE.check(CLASSES);
    Portability.NO_DEFAULT_CHARSET.check(CLASSES);
    Portability.NO_RANDOM_DRAWS_OF_THE_JDK.check(CLASSES);
    Portability.NO_INEXACT_MATH.check(CLASSES);
  }

  /** Result types, each created by a single method. */
  @Test
  void longConstructorsHaveABuilder() {
    Constructors.areShortOrHaveABuilder(
            TrainingListener.StepRecord.class,
            TrainingRun.class,
            EpochRecord.class,
            EpochTotals.class)
        .check(CLASSES);
    Constructors.LONG_ONES_ARE_CALLED_IN_THEIR_PACKAGE.check(CLASSES);
  }
}
