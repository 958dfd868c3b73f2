package dev.mer4j.onednn;

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
          .importPackages("dev.mer4j.onednn");

  @Test
  void dependsOnlyOnModulesBelow() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.mer4j.core.internal.packed..",
            "dev.mer4j.samediff..",
            "org.nd4j..",
            "dev.mer4j.cuda..",
            "dev.mer4j.eval..",
            "dev.mer4j.train..",
            "dev.mer4j.cli..")
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
