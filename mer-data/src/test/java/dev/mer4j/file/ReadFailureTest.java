package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadFailureTest {
  @TempDir Path folder;

  @Test
  void describesTheFailureAndTheRemedy() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "x");
    assertThat(ReadFailure.reason(file, new AccessDeniedException("a")))
        .isEqualTo("cannot be read: permission denied; grant access, for example with chmod u+r");
    assertThat(ReadFailure.reason(folder, new AccessDeniedException("a"))).endsWith("chmod u+rx");
    assertThat(ReadFailure.reason(file, new NoSuchFileException("a"))).isEqualTo("does not exist");
    assertThat(ReadFailure.reason(folder, new IOException("Is a directory")))
        .isEqualTo("is a folder, not a file");
    assertThat(ReadFailure.reason(file, new IOException("input/output error")))
        .isEqualTo("cannot be read: input/output error");
  }
}
