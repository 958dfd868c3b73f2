package dev.mer4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.Scanner;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Tests that the rules report violations and nothing else. */
class PortabilityTest {
  @SuppressWarnings({"unused", "DefaultCharset", "DefaultLocale", "StringCaseLocaleUsage"})
  private static final class Offender {
    String formatted(String text) {
      return "%d".formatted(text.length());
    }

    Function<Integer, String> reference() {
      return "%d"::formatted;
    }

    String format() {
      return String.format("%d", 1);
    }

    void print(PrintStream stream, PrintWriter writer) {
      stream.printf("%d", 1);
      writer.format("%d", 1);
    }

    String change(String text) {
      return text.toLowerCase() + text.toUpperCase();
    }

    Function<String, String> changeByReference() {
      return String::toLowerCase;
    }

    Object parse(String text) {
      return new Scanner(text);
    }

    Object date() {
      return DateTimeFormatter.ofPattern("yyyy").withLocale(Locale.getDefault());
    }

    byte[] bytes(byte[] raw) {
      return new String(raw).getBytes();
    }

    Object reader(byte[] raw) {
      return new InputStreamReader(new ByteArrayInputStream(raw));
    }

    double draw() {
      return new Random(1).nextGaussian();
    }

    double power(double x) {
      return Math.pow(x, 3);
    }
  }

  @SuppressWarnings("unused")
  private static final class Model {
    String format(PrintStream stream) {
      stream.printf(Locale.ROOT, "%d", 1);
      return String.format(Locale.ROOT, "%d", 1).toLowerCase(Locale.ROOT);
    }

    String text(byte[] raw) {
      return new String(raw, StandardCharsets.UTF_8) + new String(new char[] {'a'});
    }

    PrintWriter writer(PrintStream stream) {
      new PrintWriter(new StringWriter()).println("a");
      return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }

    double power(double x) {
      return StrictMath.pow(Math.sqrt(Math.abs(x)), 3);
    }
  }

  private static final JavaClasses OFFENDER = new ClassFileImporter().importClasses(Offender.class);
  private static final JavaClasses MODEL = new ClassFileImporter().importClasses(Model.class);

  @Test
  void reportsEveryUseOfTheDefaultLocale() {
    String faults = faults(Portability.NO_DEFAULT_LOCALE);
    assertThat(faults)
        .contains(
            "formatted(java.lang.String)",
            "reference()",
            "Offender.format()",
            "PrintStream.printf",
            "PrintWriter.format",
            "String.toUpperCase()",
            "changeByReference()",
            "parse(java.lang.String)",
            "DateTimeFormatter.ofPattern",
            "Locale.getDefault()");
  }

  @Test
  void reportsEveryUseOfTheDefaultCharset() {
    assertThat(faults(Portability.NO_DEFAULT_CHARSET))
        .contains("String.<init>([B)", "String.getBytes()", "InputStreamReader.<init>");
  }

  @Test
  void reportsRandomNumbersOfTheJdk() {
    assertThat(faults(Portability.NO_RANDOM_DRAWS_OF_THE_JDK)).contains("draw()");
  }

  @Test
  void reportsFunctionsThatDifferBetweenPlatforms() {
    assertThat(faults(Portability.NO_INEXACT_MATH)).contains("power(double)");
  }

  @Test
  void allowsExplicitLocalesAndCharsetsAndExactFunctions() {
    Portability.NO_DEFAULT_LOCALE.check(MODEL);
    Portability.NO_DEFAULT_CHARSET.check(MODEL);
    Portability.NO_RANDOM_DRAWS_OF_THE_JDK.check(MODEL);
    Portability.NO_INEXACT_MATH.check(MODEL);
  }

  private static String faults(ArchRule rule) {
    return String.join("\n", rule.evaluate(OFFENDER).getFailureReport().getDetails());
  }
}
