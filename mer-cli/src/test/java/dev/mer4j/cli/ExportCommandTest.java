package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExportCommandTest {
  @TempDir Path folder;

  private Path copied(long count) throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "12345");
    Path target = folder.resolve("target");
    try (FileChannel from = FileChannel.open(source);
        FileChannel to =
            FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ExportCommand.copy(from, count, to);
    }
    return target;
  }

  @Test
  void filesAreCopied() throws IOException {
    assertThat(copied(5)).hasContent("12345");
  }

  @Test
  void aFileThatBecameShorterIsAnError() {
    assertThatThrownBy(() -> copied(6)).isInstanceOf(EOFException.class);
  }
}
