package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.junit.jupiter.api.Test;

class ChannelIoTest {
  private static final byte[] CONTENT = {1, 2, 3, 4, 5};

  @Test
  void readsUntilTheBufferIsFull() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4);

    assertThat(ChannelIo.readFully(ChannelIoTest::readOne, bytes, 1)).isTrue();
    assertThat(bytes.array()).containsExactly(2, 3, 4, 5);
  }

  @Test
  void reportsWhereTheSourceEnded() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4);

    assertThat(ChannelIo.readFully(ChannelIoTest::readOne, bytes, 3)).isFalse();
    assertThat(bytes.position()).isEqualTo(2);
  }

  @Test
  void writesUntilTheBufferIsEmpty() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WritableByteChannel slow =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer source) {
            out.write(source.get());
            return 1;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };

    ChannelIo.writeFully(slow, ByteBuffer.wrap(CONTENT));

    assertThat(out.toByteArray()).isEqualTo(CONTENT);
  }

  private static int readOne(ByteBuffer target, long position) {
    if (position >= CONTENT.length) {
      return -1;
    }
    target.put(CONTENT[(int) position]);
    return 1;
  }
}
