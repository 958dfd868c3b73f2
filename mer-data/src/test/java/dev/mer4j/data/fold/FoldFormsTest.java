package dev.mer4j.data.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mer4j.FileException;
import dev.mer4j.data.Split;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the formats of id lists that occur in practice. */
final class FoldFormsTest {
  private static final Set<String> VIDEOS = Set.of("-aB_c", "25522", "255224", "v", "t");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-aB_c\n25522\n",
        "-aB_c\r\n25522\r\n\r\n",
        "\ufeff-aB_c\n25522",
        "  -aB_c \t\n25522   ",
        "'-aB_c'\n\"25522\"",
        "-aB_c, 25522,",
        "\"-aB_c\",\"25522\"",
        "-aB_c;25522",
        "-aB_c.mp4\n25522.WAV",
        "-aB_c[0]\n-aB_c[1]\n25522[10]\n",
        "videos/-aB_c.mp4\nC:\\videos\\25522.avi",
        "-ab_C\n25522",
        "-AB_C.MP4\n25522",
        "# ids, of the training fold\n-aB_c # the first\n25522",
        "['-aB_c', '25522']",
        "ids = [\n  '-aB_c',  # the first\n  \"25522\",\n]\n"
      })
  void readsIdsInEveryFormat(String text) throws IOException {
    Folds folds = folds(text, StandardCharsets.UTF_8).matchedTo(VIDEOS);
    assertThat(folds.videos(Split.TRAIN)).containsExactlyInAnyOrder("-aB_c", "25522");
    assertThat(folds.of("255224")).isEqualTo(Split.NONE);
  }

  /** Python would read other ids than those between the brackets. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "['a' 'b']| has no comma before 'b'",
        "['a'] + ['b']| is a part of an expression",
        "['a']\n['b']| is followed by other text",
        "ids = ['a'] + others| is a part of an expression"
      })
  void aListThatPythonWouldReadDifferentlyIsRefused(String text) {
    String[] parts = text.split("\\|", 2);
    assertThatThrownBy(() -> folds(parts[0], StandardCharsets.UTF_8))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("list 'of ids'" + parts[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "standard_train_fold += ['x']",
        "standard_train_fold = ['x']",
        "standard_train_fold.extend(['x'])"
      })
  void aListThatIsChangedLaterIsRefused(String change) throws IOException {
    String lists =
        """
        standard_train_fold = ['a']; x = 1
        standard_train_fold.sort()
        standard_valid_fold=['b'] # b
        standard_test_fold = [
          'c'
        ]
        """;
    Path file = folder.resolve("folds.py");
    assertThat(Folds.read(Files.writeString(file, lists)).videos(Split.TRAIN)).containsExactly("a");
    Files.writeString(file, lists + change);
    assertThatThrownBy(() -> Folds.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith(
            "list 'standard_train_fold' is changed after it is assigned; write it as one list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
  void theTextMayBeUtf16(String charset) throws IOException {
    Folds folds = folds("-aB_c\r\n25522\r\n", Charset.forName(charset));
    assertThat(folds.videos(Split.TRAIN)).containsExactly("-aB_c", "25522");
  }

  @Test
  void aPrefixOfAnIdDoesNotMatch() throws IOException {
    Folds folds = folds("2552\n25522\n", StandardCharsets.UTF_8).matchedTo(VIDEOS);
    assertThat(folds.videos(Split.TRAIN)).containsExactlyInAnyOrder("2552", "25522");
    assertThat(folds.of("255224")).isEqualTo(Split.NONE);
  }

  @Test
  void anIdThatAlsoExistsInAnotherCaseIsADifferentId() throws IOException {
    Folds folds = folds("-aB_c\n", StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("test.txt"), "-AB_C\nt");
    assertThat(Folds.read(folder).matchedTo(VIDEOS).of("-aB_c")).isEqualTo(Split.TRAIN);
    assertThat(folds.matchedTo(VIDEOS).of("-AB_C")).isEqualTo(Split.NONE);
  }

  @Test
  void rejectsAnIdThatMatchesSeveralVideos() throws IOException {
    Folds folds = folds("ABC", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> folds.matchedTo(Set.of("abc", "Abc")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("id 'ABC' matches several videos: [Abc, abc]");
  }

  @Test
  void rejectsAVideoInTwoFoldsUnderDifferentIds() throws IOException {
    Folds folds = folds("t.mp4", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> folds.matchedTo(VIDEOS))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("video 't' is in two folds, train and test");
  }

  @Test
  void rejectsBinaryFiles() throws IOException {
    Files.write(folder.resolve("train.txt"), new byte[] {'a', (byte) 0xff, 'b'});
    assertThatThrownBy(() -> Folds.read(folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("train.txt: is not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", ", ", "#\n", " \n"})
  void readsManyBlanksInLinearTime(String blank) {
    String blanks = blank.repeat(200_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          Path file = folder.resolve("folds.py");
          Files.writeString(
              file,
              blanks.replace(",", "")
                  + "\nstandard_train_fold = ['a',"
                  + blanks
                  + "'b']\nstandard_valid_fold = ['v']\nstandard_test_fold = ['t']\n");
          assertThat(Folds.read(file).videos(Split.TRAIN)).containsExactly("a", "b");
          assertThat(folds(blanks + "\na\n" + blanks, StandardCharsets.UTF_8).videos(Split.TRAIN))
              .containsExactly("a");
        });
  }

  private Folds folds(String train, Charset charset) throws IOException {
    Files.write(folder.resolve("train.txt"), train.getBytes(charset));
    Files.writeString(folder.resolve("valid.txt"), "v");
    Files.writeString(folder.resolve("test.txt"), "t");
    return Folds.read(folder);
  }
}
