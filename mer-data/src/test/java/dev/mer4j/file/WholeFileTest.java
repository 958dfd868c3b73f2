package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  @AfterEach
  void clearFlag() {
    boolean unused = Thread.interrupted();
  }

  @Test
  void anInterruptedThreadReadsWholeFilesAndKeepsTheFlag() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "a\nb\n");
    Thread.currentThread().interrupt();

    assertThat(WholeFile.text(file)).isEqualTo("a\nb\n");
    assertThat(WholeFile.lines(file)).containsExactly("a", "b");
    assertThat(WholeFile.bytes(file)).hasSize(4);
    assertThat(WholeFile.head(file, 2)).containsExactly('a', '\n');
    assertThat(WholeFile.head(file, 9)).hasSize(4);
    assertThat(FileMark.startsWith("a").isOn(file)).isTrue();
    assertThat(Sha256.of(file)).hasSize(64);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void rejectsTextThatIsNotUtf8() throws IOException {
    Path file = Files.write(folder.resolve("x"), new byte[] {(byte) 0xff});

    assertThatThrownBy(() -> WholeFile.text(file)).isInstanceOf(CharacterCodingException.class);
  }
}
