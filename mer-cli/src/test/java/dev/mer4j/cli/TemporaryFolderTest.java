package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir Path root;

  /** Ends the program, as a signal does, while a folder is open. */
  static final class Ended {
    private Ended() {}

    public static void main(String[] args) throws IOException {
      TemporaryFolder folder = TemporaryFolder.create();
      Files.writeString(folder.path().resolve("data.store"), "a store");
      System.exit(3);
    }
  }

  @Test
  void isDeletedWhenTheProgramEnds() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Djava.io.tmpdir=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                Ended.class.getName())
            .inheritIO()
            .start();

    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void isDeletedWhenItIsClosed() throws IOException {
    TemporaryFolder folder = TemporaryFolder.create();
    Files.writeString(folder.path().resolve("a"), "b");

    folder.close();

    assertThat(folder.path()).doesNotExist();
  }
}
