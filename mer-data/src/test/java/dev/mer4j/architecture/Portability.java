package dev.mer4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Console;
import java.io.File;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.text.Collator;
import java.text.DateFormat;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Portability rules for all modules: outputs do not depend on the locale, the charset or the Java
 * release. The other modules use the rules from this module's test jar.
 */
public final class Portability {
  private static final String NEW = JavaConstructor.CONSTRUCTOR_NAME;

  /** Methods that use the default locale, unless one of their parameters is a locale. */
  private static final Map<String, Set<String>> LOCALIZED =
      Map.ofEntries(
          entry(String.class, "format", "formatted", "toLowerCase", "toUpperCase"),
          entry(PrintStream.class, "format", "printf"),
          entry(PrintWriter.class, "format", "printf"),
          entry(Console.class, "format", "printf", "readLine"),
          entry(Formatter.class, NEW),
          entry(Scanner.class, NEW),
          entry(NumberFormat.class, "getInstance", "getNumberInstance", "getPercentInstance"),
          entry(DecimalFormat.class, NEW),
          entry(DecimalFormatSymbols.class, NEW, "getInstance"),
          entry(MessageFormat.class, NEW, "format"),
          entry(DateFormat.class, "getDateInstance", "getTimeInstance", "getDateTimeInstance"),
          entry(SimpleDateFormat.class, NEW),
          entry(DateTimeFormatter.class, "ofPattern", "ofLocalizedDate", "ofLocalizedDateTime"),
          entry(DateTimeFormatterBuilder.class, "toFormatter"),
          entry(Collator.class, "getInstance"),
          entry(Locale.class, "getDefault"));

  /** Conversions between bytes and characters that have a variant with a charset parameter. */
  private static final Map<String, Set<String>> DECODED =
      Map.ofEntries(
          entry(String.class, NEW, "getBytes"),
          entry(FileReader.class, NEW),
          entry(FileWriter.class, NEW),
          entry(InputStreamReader.class, NEW),
          entry(OutputStreamWriter.class, NEW),
          entry(PrintStream.class, NEW),
          entry(PrintWriter.class, NEW),
          entry(Charset.class, "defaultCharset"));

  private static final List<Class<?>> BYTES =
      List.of(byte[].class, File.class, InputStream.class, OutputStream.class);

  /** Functions of {@link Math} that may return another bit on another platform. */
  private static final Map<String, Set<String>> INEXACT =
      Map.ofEntries(
          entry(
              Math.class,
              "acos",
              "asin",
              "atan",
              "atan2",
              "cbrt",
              "cos",
              "cosh",
              "exp",
              "expm1",
              "hypot",
              "log",
              "log10",
              "log1p",
              "pow",
              "sin",
              "sinh",
              "tan",
              "tanh"));

  /** {@link StrictMath} has the same functions with the same bits everywhere. */
  public static final ArchRule NO_INEXACT_MATH =
      noClasses()
          .should()
          .accessTargetWhere(
              describe("calls a function of Math", access -> isOneOf(INEXACT, access)))
          .because("a result must have the same bits on every platform; use StrictMath");

  /** The random numbers of {@code java.util.random} change between releases. */
  public static final ArchRule NO_RANDOM_DRAWS_OF_THE_JDK =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.mer4j.file.AtomicFile")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(RandomGenerator.class)
          .because("a seed must give the same data on every JDK; use dev.mer4j.seed.SeedStream");

  /** Files are exchanged between machines with different locales. */
  public static final ArchRule NO_DEFAULT_LOCALE =
      noClasses()
          .should()
          .accessTargetWhere(describe("uses the default locale", Portability::isLocalized))
          .because("digits, letters and dates differ between locales; pass Locale.ROOT");

  /** The default charset depends on the platform before Java 18. */
  public static final ArchRule NO_DEFAULT_CHARSET =
      noClasses()
          .should()
          .accessTargetWhere(describe("uses the default charset", Portability::isDecoded))
          .because("files are UTF-8 everywhere; pass StandardCharsets.UTF_8");

  private Portability() {}

  private static Map.Entry<String, Set<String>> entry(Class<?> owner, String... names) {
    return Map.entry(owner.getName(), Set.of(names));
  }

  private static boolean isLocalized(JavaAccess<?> access) {
    return isOneOf(LOCALIZED, access) && !takes(access, List.of(Locale.class));
  }

  private static boolean isDecoded(JavaAccess<?> access) {
    return isOneOf(DECODED, access)
        && (!access.getName().equals(NEW) || takes(access, BYTES))
        && !takes(access, List.of(Charset.class));
  }

  private static boolean isOneOf(Map<String, Set<String>> methods, JavaAccess<?> access) {
    return methods
        .getOrDefault(access.getTargetOwner().getName(), Set.of())
        .contains(access.getName());
  }

  private static boolean takes(JavaAccess<?> access, List<Class<?>> types) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getRawParameterTypes().stream()
            .anyMatch(type -> types.stream().anyMatch(type::isAssignableTo));
  }
}
