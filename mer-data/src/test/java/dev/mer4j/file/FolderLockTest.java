package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir private Path folder;

  @Test
  void excludesOthersUntilItIsClosed() {
    try (FolderLock lock = FolderLock.acquire(folder)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> FolderLock.acquire(folder))
          .isInstanceOf(FileException.class)
          .hasMessageContaining(folder + ": is in use by another run");
    }
    FolderLock.acquire(folder).close();
  }

  @Test
  void excludesOtherProcessesEvenAfterAFailedAcquisition()
      throws IOException, InterruptedException {
    try (FolderLock lock = FolderLock.acquire(folder)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> FolderLock.acquire(folder)).isInstanceOf(FileException.class);
      assertThat(acquiredByAnotherProcess()).isFalse();
    }
    assertThat(acquiredByAnotherProcess()).isTrue();
  }

  private boolean acquiredByAnotherProcess() throws IOException, InterruptedException {
    String java = ProcessHandle.current().info().command().orElse("java");
    String classes = System.getProperty("java.class.path");
    return new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                Other.class.getName(),
                folder.toString())
            .inheritIO()
            .start()
            .waitFor()
        == 0;
  }

  /** A program that locks the folder, and exits with 1 if it cannot. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) {
      try (FolderLock lock = FolderLock.acquire(Path.of(arguments[0]))) {
        System.exit(lock == null ? 2 : 0);
      } catch (FileException e) {
        System.exit(1);
      }
    }
  }

  @Test
  void createsTheFolder() {
    Path below = folder.resolve("a/b");
    FolderLock.acquire(below).close();
    assertThat(below).isDirectory();
  }

  @Test
  void reportsAPathThatIsNotAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> FolderLock.acquire(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(file + ": cannot be written to");
  }
}
