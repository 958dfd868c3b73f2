package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UninterruptedTest {
  private static final FileMark ANY = FileMark.contains("");

  @TempDir Path folder;

  @AfterEach
  void clearFlag() {
    boolean unused = Thread.interrupted();
  }

  @Test
  void anInterruptRepeatsTheWorkAndKeepsTheFlag() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "abc");
    AtomicInteger calls = new AtomicInteger();
    String read =
        Uninterrupted.get(
            () -> {
              try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                if (calls.incrementAndGet() < 3) {
                  Thread.currentThread().interrupt();
                }
                ByteBuffer bytes = ByteBuffer.allocate(3);
                channel.read(bytes);
                return new String(bytes.array(), StandardCharsets.UTF_8);
              } catch (IOException e) {
                throw new FileException(file, "cannot be read", e);
              }
            });
    assertThat(read).isEqualTo("abc");
    assertThat(calls).hasValue(3);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aPreviouslyInterruptedThreadWritesAWholeFile() throws IOException {
    Path file = folder.resolve("x");
    Thread.currentThread().interrupt();
    OutputFile.of(file, ANY).write("content");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasContent("content");
    assertNothingElse();
  }

  @Test
  void anInterruptDuringAWriteLeavesOnlyAWholeFile() throws IOException {
    Path file = folder.resolve("x");
    AtomicInteger calls = new AtomicInteger();
    OutputFile.of(file, ANY)
        .write(
            channel -> {
              channel.write(ByteBuffer.wrap(new byte[] {1, 2}));
              if (calls.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
              }
              channel.write(ByteBuffer.wrap(new byte[] {3, 4}));
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3, 4);
    assertNothingElse();
  }

  @Test
  void otherFailuresAreThrownImmediately() {
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Uninterrupted.run(
                    () -> {
                      calls.incrementAndGet();
                      throw new FileException(folder, "is full");
                    }))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith("is full")
        .hasNoCause();
    assertThat(calls).hasValue(1);
  }

  private void assertNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
