package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void aFullDiskLeavesOnlyTheOldFile() throws IOException {
    Path target = folder.resolve("x");
    output(target).write("old");
    assertThatThrownBy(
            () ->
                output(target)
                    .write(
                        channel -> {
                          channel.write(ByteBuffer.allocate(1000));
                          throw new IOException("No space left on device");
                        }))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("x: cannot be written: No space left on device");
    assertThat(target).hasContent("old");
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void deletesTheFilesOfADeadRunOfTheSameTarget() throws IOException {
    String id = "123e4567-e89b-12d3-a456-426614174000";
    Files.writeString(folder.resolve(".x." + id + ".part"), "half");
    Files.writeString(folder.resolve(".y." + id + ".part"), "of another target");
    Files.writeString(folder.resolve(".x.my-own.part"), "unrelated");
    output(folder.resolve("x")).write("whole");
    assertThat(folder.resolve("x")).hasContent("whole");
    assertThat(folder.resolve(".x." + id + ".part")).doesNotExist();
    assertThat(folder.resolve(".y." + id + ".part")).exists();
    assertThat(folder.resolve(".x.my-own.part")).exists();
  }

  @Test
  void keepsTheFilesOfALiveRun() throws IOException {
    Path target = folder.resolve("x");
    output(target)
        .write(
            channel -> {
              output(target).write("inner");
              assertThat(files()).isEqualTo(2);
              channel.write(ByteBuffer.wrap(new byte[] {'o'}));
            });
    assertThat(target).hasContent("o");
  }

  @Test
  void exclusiveWritingFailsWhileAnotherWriterIsActive() throws IOException {
    Path target = folder.resolve("x");
    output(target)
        .writeLocked(
            channel -> {
              assertThatThrownBy(() -> output(target).writeLocked(inner -> {}))
                  .isInstanceOf(FileException.class)
                  .hasMessageContaining(
                      "x: another process is preparing or writing it; wait until");
              assertThat(files()).isEqualTo(1);
              output(folder.resolve("y")).writeLocked(inner -> {});
              channel.write(ByteBuffer.wrap(new byte[] {'o'}));
            });
    assertThat(target).hasContent("o");
    assertThat(files()).isEqualTo(2);
  }

  @RepeatedTest(5)
  void ofConcurrentExclusiveWritersOneWritesAndTheOthersFail() throws Exception {
    Path target = folder.resolve("x");
    AtomicInteger writers = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        results.add(threads.submit(() -> outcome(target, writers)));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> result : results) {
        outcomes.add(result.get());
      }
      assertThat(outcomes).contains("written").isSubsetOf("written", "rejected");
      assertThat(target).hasSize(100_000);
      assertThat(files()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String outcome(Path target, AtomicInteger writers) {
    try {
      output(target)
          .writeLocked(
              channel -> {
                assertThat(writers.incrementAndGet()).isEqualTo(1);
                channel.write(ByteBuffer.allocate(100_000));
                writers.decrementAndGet();
              });
      return "written";
    } catch (FileException e) {
      return e.getMessage().contains("another process") ? "rejected" : e.getMessage();
    }
  }

  private static OutputFile output(Path path) {
    return OutputFile.of(path, FileMark.startsWith("")); // any file is an earlier one
  }

  private long files() throws IOException {
    try (var list = Files.list(folder)) {
      return list.count();
    }
  }
}
