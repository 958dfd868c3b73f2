package dev.mer4j.cuda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mer4j.architecture.Constructors;
import dev.mer4j.architecture.Portability;
import dev.mer4j.cuda.internal.driver.DeviceInfo;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CUDA =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mer4j.cuda");

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.mer4j.(cuda..)").should().beFreeOfCycles().check(CUDA);
  }

  @Test
  void doesNotDependOnNd4jOrOtherBackends() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.nd4j..",
            "org.bytedeco..",
            "dev.mer4j.onednn..",
            "dev.mer4j.core.internal.packed..",
            "dev.mer4j.samediff..")
        .check(CUDA);
  }

  @Test
  void dependsOnlyOnModulesBelow() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.mer4j.train..", "dev.mer4j.eval..", "dev.mer4j.cli..")
        .check(CUDA);
  }

  @Test
  void doesNotDependOnDefaultLocaleCharsetOrJdkRandomness() {
    Portability.NO_DEFAULT_LOCALE.check(CUDA);
    Portability.NO_DEFAULT_CHARSET.check(CUDA);
    Portability.NO_RANDOM_DRAWS_OF_THE_JDK.check(CUDA);
  }

  /** Excludes records of results, which are created in one place. */
  @Test
  void longConstructorsHaveABuilder() {
    Constructors.areShortOrHaveABuilder(DeviceInfo.class).check(CUDA);
    Constructors.LONG_ONES_ARE_CALLED_IN_THEIR_PACKAGE.check(CUDA);
  }
}
