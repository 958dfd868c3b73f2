package dev.mer4j.cli;

import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command writes the same bytes in another locale, with other line ends: see {@link
 * WholeChain}.
 */
class LocaleTest {
  /** A dotless i, Arabic digits, another calendar. */
  private static final String TURKISH = "tr-TR-u-nu-arab-ca-buddhist";

  /** The seconds of an epoch, printed and in the history; nothing else may differ. */
  private static final Pattern SECONDS =
      Pattern.compile(
          "(?<=  )[0-9.]+ s$|(?<=\"seconds\":)[0-9.eE-]+|(?<=[0-9],)[0-9.eE-]+$", MULTILINE);

  private static final Set<String> TIMED =
      Set.of("05-train.txt", "run/history.csv", "run/history.jsonl");

  @TempDir private static Path folder;
  private static Map<String, byte[]> expected = Map.of();

  @BeforeAll
  static void runInEnglish() throws Exception {
    expected = chain("en", "en", "everything");
    assertThat(expected.keySet())
        .contains("mosei.store", "inspect.html", "run/report/report.html", "predictions.csv");
  }

  @Test
  void everyFileAndEveryLineIsTheSameInAnotherLocale() throws Exception {
    Locale turkish = Locale.forLanguageTag(TURKISH);
    assertThat(String.format(turkish, "%d %tY", 1, LocalDate.EPOCH)).isNotEqualTo("1 1970");
    assertThat("I".toLowerCase(turkish)).isNotEqualTo("i");

    Map<String, byte[]> written = chain("turkish", TURKISH, "everything");

    assertThat(written.keySet()).isEqualTo(expected.keySet());
    for (Map.Entry<String, byte[]> file : expected.entrySet()) {
      byte[] found = written.get(file.getKey());
      if (TIMED.contains(file.getKey())) {
        assertThat(text(found)).as(file.getKey()).isEqualTo(text(file.getValue()));
      } else {
        assertThat(found).as(file.getKey()).isEqualTo(file.getValue());
      }
    }
  }

  @Test
  void runIsResumedInAnotherLocale() throws Exception {
    chain("moved", TURKISH, "begin");
    Map<String, byte[]> resumed = chain("moved", "en", "resume");

    assertThat(resumed.get("run/model/model.safetensors"))
        .isEqualTo(expected.get("run/model/model.safetensors"));
  }

  /** Runs commands in a process of that locale and returns the contents of its folder. */
  private static Map<String, byte[]> chain(String name, String locale, String commands)
      throws Exception {
    Path work = Files.createDirectories(folder.resolve(name));
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path")));
    if (!locale.equals("en")) {
      command.addAll(List.of("-Dfile.encoding=ISO-8859-1", "-Duser.timezone=Asia/Bangkok"));
      command.add("-Dline.separator=\r\n");
    }
    command.addAll(List.of(WholeChain.class.getName(), locale, commands));
    Process process =
        new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return contents(work);
  }

  private static Map<String, byte[]> contents(Path work) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(work)) {
      files
          .filter(Files::isRegularFile)
          // Checkpoints hold seconds too; the test of a resumed run reads one.
          .filter(file -> !file.toString().endsWith(".checkpoint"))
          .forEach(file -> contents.put(work.relativize(file).toString(), read(file)));
    }
    return contents;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    return SECONDS.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll("");
  }
}
