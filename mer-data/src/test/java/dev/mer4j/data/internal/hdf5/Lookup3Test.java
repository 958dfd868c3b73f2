package dev.mer4j.data.internal.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class Lookup3Test {
  /** The expected values are from lookup3.c, driver5. */
  @Test
  void equalsTheReferenceValues() {
    byte[] text = "Four score and seven years ago".getBytes(StandardCharsets.US_ASCII);
    assertThat(Lookup3.hash(text)).isEqualTo(0x17770551);
    assertThat(Lookup3.hash(new byte[0])).isEqualTo(0xdeadbeef);
  }
}
