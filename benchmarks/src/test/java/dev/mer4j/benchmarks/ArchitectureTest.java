package dev.mer4j.benchmarks;

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
          .importPackages("dev.mer4j.benchmarks");

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
