package dev.mer4j.data.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FoldsTest {
  @TempDir Path folder;

  @Test
  void readsTheSdksPythonFile() throws IOException {
    Folds folds =
        python(
            """
            # standard_train_fold = ['no']
            standard_train_fold=['-abc', "25522",  # a remark with a ] and a 'quote
              '255224',
            ]
            standard_valid_fold = [u'v[0]',]
            standard_test_fold = ['t']
            """);
    assertThat(folds.videos(Split.TRAIN)).containsExactlyInAnyOrder("-abc", "25522", "255224");
    assertThat(folds.of("v[0]")).isEqualTo(Split.VALID);
    assertThat(folds.of("t")).isEqualTo(Split.TEST);
    assertThat(folds.of("2552")).isEqualTo(Split.NONE);
    assertThat(folds.of("no")).isEqualTo(Split.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[__import__('os')]",
        "['a' + 'b']",
        "['a'",
        "['a\\n']",
        "['a', 7]",
        "[open('x').read()]"
      })
  void neverRunsPython(String list) {
    assertThatThrownBy(() -> python("standard_train_fold = " + list))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("standard_train_fold")
        .hasMessageContaining("contains more than plain strings, or does not end");
  }

  @Test
  void readsTextLists() throws IOException {
    Files.writeString(folder.resolve("train.txt"), "-a\r\n25522\r\n\r\n");
    Files.writeString(folder.resolve("valid.txt"), "v");
    Files.writeString(folder.resolve("test.txt"), "t\n");
    Folds folds = Folds.read(folder);
    assertThat(folds.of("-a")).isEqualTo(Split.TRAIN);
    assertThat(folds.videos(Split.NONE)).isEmpty();
    assertThat(folds.isEmpty()).isFalse();
    assertThat(Folds.none().isEmpty()).isTrue();
  }

  @Test
  void rejectsAVideoInTwoFolds() {
    assertThatThrownBy(
            () ->
                python(
                    """
                    standard_train_fold = ['a', 'b']
                    standard_valid_fold = ['c']
                    standard_test_fold = ['b']
                    """))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("video 'b' is in two folds, train and test");
  }

  @Test
  void rejectsAMissingOrEmptyFold() throws IOException {
    assertThatThrownBy(() -> python("x = 1")).hasMessageContaining("no list 'standard_train_fold'");
    assertThatThrownBy(() -> python("standard_train_fold = []"))
        .hasMessageContaining("has no videos in the train fold");
    Files.writeString(folder.resolve("train.txt"), "a");
    assertThatThrownBy(() -> Folds.read(folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("valid.txt");
  }

  private Folds python(String text) throws IOException {
    Path file = folder.resolve("folds.py");
    Files.writeString(file, text);
    return Folds.read(file);
  }
}
