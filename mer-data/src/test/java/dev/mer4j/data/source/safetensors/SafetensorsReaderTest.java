package dev.mer4j.data.source.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.HeapBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SafetensorsReaderTest {
  private static final int HEADER = 1000;

  @Test
  void aHeaderThatExceedsTheMemoryIsNotParsed() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + HEADER).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(HEADER).put(("{}" + " ".repeat(HEADER - 2)).getBytes(StandardCharsets.UTF_8));
    HeapBytes file = new HeapBytes(bytes.array(), 0, Path.of("x.safetensors"));

    assertThat(SafetensorsReader.read(file, 32 * HEADER)).isEqualTo(new DictNode(Map.of()));
    assertThatThrownBy(() -> SafetensorsReader.read(file, 32 * HEADER - 1))
        .isInstanceOf(ArrayFormatException.class)
        .hasMessageContaining("its header of 1000 bytes needs more memory than there is");
  }
}
