package dev.mer4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.mer4j.data.store.StoreInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that the rules report violations and nothing else. */
class ConstructorsTest {
  /** Public because the rule only checks public constructors. */
  public record SevenValues(int a, int b, int c, int d, int e, int f, int g) {}

  /** Public for the same reason. */
  public record SixValues(int a, int b, int c, int d, int e, int f) {}

  /** Public for the same reason. */
  public record BuiltValues(int a, int b, int c, int d, int e, int f, int g) {
    /** A builder. */
    public static final class Builder {
      BuiltValues build() {
        return new BuiltValues(1, 2, 3, 4, 5, 6, 7);
      }
    }
  }

  @SuppressWarnings("unused")
  private static final class Far {
    StoreInfo copy(StoreInfo info) {
      return new StoreInfo(
          info.options(),
          info.labels(),
          info.widths(),
          info.segments(),
          info.videos(),
          info.groups(),
          info.present(),
          info.truncated(),
          info.sanitized(),
          info.sanitizedScores(),
          info.dropped(),
          info.faults(),
          info.sources(),
          info.standardization(),
          info.coverage());
    }
  }

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importClasses(SevenValues.class, SixValues.class, BuiltValues.class, Far.class);

  @Test
  void reportsALongConstructorWithoutABuilder() {
    List<String> faults =
        Constructors.areShortOrHaveABuilder().evaluate(CLASSES).getFailureReport().getDetails();

    assertThat(faults).singleElement().asString().contains("SevenValues.<init>");
  }

  @Test
  void allowsTheListedResults() {
    Constructors.areShortOrHaveABuilder(SevenValues.class).check(CLASSES);
  }

  @Test
  void reportsCallsFromAnotherPackage() {
    List<String> faults =
        Constructors.LONG_ONES_ARE_CALLED_IN_THEIR_PACKAGE
            .evaluate(CLASSES)
            .getFailureReport()
            .getDetails();

    assertThat(faults).singleElement().asString().contains("Far.copy", "StoreInfo.<init>");
  }
}
