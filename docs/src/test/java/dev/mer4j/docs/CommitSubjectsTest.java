package dev.mer4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the check of commit messages in CI and in the commit hook. */
class CommitSubjectsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Average per-set thresholds over folds",
        "Add forward/backward of mer-data/src and ./mer; 3 / 4",
        "Link to scheme://example.org/page",
        "Ünïcödé: 72 çhäråctêrs ärë cöüntèd ås çhäråctêrs, nöt bÿtës, ïn ëvërÿ lö",
      })
  void acceptsPlainSubjects(String subject) throws Exception {
    assertThat(check(subject + "\n\nThe body may name /any/path.\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Merge branch 'x' of /home/me/x into main",
        "Read ~/settings",
        "Read ../folder/settings",
        "Read C:\\Users\\me",
        "Read (/opt) and write",
      })
  void refusesPathsOfAMachine(String subject) throws Exception {
    assertThat(check(subject)).contains("names a path of a machine: " + subject);
  }

  @ParameterizedTest
  @ValueSource(ints = {73, 120})
  void refusesLongSubjects(int length) throws Exception {
    assertThat(check("x".repeat(length))).contains("more than 72 characters");
  }

  /** Returns the output of the check, which is empty if and only if the check succeeds. */
  private String check(String message) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("message"), "# a comment\n" + message);
    Process process =
        new ProcessBuilder("sh", "../.ci/check-commits", file.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isEqualTo(printed.isEmpty() ? 0 : 1);
    return printed;
  }
}
