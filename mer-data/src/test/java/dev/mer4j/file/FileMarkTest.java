package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileMarkTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"ab, true", "abc, true", "a, false", "xab, false", "'', false"})
  void matchesATextAtTheStart(String content, boolean expected) throws IOException {
    assertThat(FileMark.startsWith("ab").isOn(file(content))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"xab, true", "xabc, true", "ab, false", "xa, false"})
  void matchesBytesAtTheirOffset(String content, boolean expected) throws IOException {
    assertThat(FileMark.bytesAt(1, new byte[] {'a', 'b'}).isOn(file(content))).isEqualTo(expected);
  }

  @Test
  void matchesATextInTheFirstBytes() throws IOException {
    FileMark mark = FileMark.contains("mine");

    assertThat(mark.isOn(file("<html>mine</html>"))).isTrue();
    assertThat(mark.isOn(file(" ".repeat(5000) + "mine"))).isFalse();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": 1, \"b\": null, \"c\": 2} | true",
        "{\"a\": 1} | false",
        "[\"a\", \"b\"] | false",
        "{\"a\": 1, \"b\": | false",
        "text | false",
        "'' | false"
      })
  void matchesTheKeysOfAJsonObject(String content, boolean expected) throws IOException {
    assertThat(FileMark.json(List.of("a", "b")).isOn(file(content))).isEqualTo(expected);
  }

  @Test
  void matchesTheKeysOfTheFirstLine() throws IOException {
    FileMark mark = FileMark.jsonLines("a");

    assertThat(mark.isOn(file("{\"a\":1}\nanything"))).isTrue();
    assertThat(mark.isOn(file("{\"a\":1}"))).isTrue();
    assertThat(mark.isOn(file("{\"b\":1}\n{\"a\":1}\n"))).isFalse();
    assertThat(mark.isOn(file("\n{\"a\":1}\n"))).isFalse();
  }

  @Test
  void reasonsAreWords() {
    assertThat(IoReason.of(new AccessDeniedException("/x"))).isEqualTo("no permission");
    assertThat(IoReason.of(new NoSuchFileException("/x"))).isEqualTo("no such file");
    assertThat(IoReason.of(new FileAlreadyExistsException("/x"))).isEqualTo("/x is not a folder");
    assertThat(IoReason.of(new FileSystemException("/x", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(IoReason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(IoReason.of(new IOException())).isEqualTo("java.io.IOException");
    assertThat(IoReason.of(new MalformedInputException(1))).isEqualTo("not UTF-8 text");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("file"), content);
  }
}
