package dev.mer4j.data.csd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests files written by h5py: see src/test/python/words.py. */
final class WordsTest {
  private static final Path FILES = Path.of("src/test/resources/h5py");

  /** The signature GCOL, little-endian. */
  private static final int HEAP = 0x4c4f4347;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"words.csd", "words-latest.csd"})
  void readsTheStringsThatH5pyReads(String name) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(FILES.resolve("words.json").toFile());
    assertThat(expected).hasSize(13);
    try (CsdFile file = CsdFile.open(FILES.resolve(name))) {
      for (Map.Entry<String, JsonNode> form : expected.properties()) {
        List<String> texts = new ArrayList<>();
        form.getValue().forEach(text -> texts.add(text.textValue()));
        List<Word> words = file.readWords(form.getKey());
        assertThat(words).extracting(Word::text).as(form.getKey()).isEqualTo(texts);
        for (int i = 0; i < words.size(); i++) {
          assertThat(words.get(i).start()).isEqualTo(0.5 * i);
          assertThat(words.get(i).end()).isEqualTo(0.5 * i + 0.5);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numbers | has features of type float64, expected words",
        "lists | has features of type variable-length list, expected words",
        "flat | has words of shape [2], expected [n, 1]",
        "two-columns | has words of shape [1, 2], expected [n, 1]",
        "without-shape | has words of shape [], expected [n, 1]",
        "fewer-intervals | has 8 words but 3 intervals"
      })
  void otherEntriesAreRefused(String entry, String problem) {
    try (CsdFile file = CsdFile.open(FILES.resolve("words.csd"))) {
      assertThatThrownBy(() -> file.readWords(entry))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("words.csd")
          .hasMessageContaining("entry '" + entry + "' " + problem);
    }
  }

  @Test
  void aHeapWithoutItsSignatureIsAnError() throws IOException {
    assertDamaged(bytes -> bytes.put(heap(bytes), (byte) 'X'), "signature GCOL not found");
  }

  @Test
  void aHeapBeyondTheEndOfTheFileIsAnError() throws IOException {
    assertDamaged(
        bytes -> bytes.putLong(heap(bytes) + 8, 1L << 20),
        "data extend beyond the end of the file");
  }

  /** The first object is empty; the second is the word naïve. */
  @Test
  void aStringThatItsHeapDoesNotHaveIsAnError() throws IOException {
    assertDamaged(
        bytes -> bytes.putShort(heap(bytes) + 32, (short) 999), "an object that its heap does not");
  }

  @Test
  void aStringLongerThanItsHeapIsAnError() throws IOException {
    assertDamaged(bytes -> bytes.putLong(heap(bytes) + 24, 1L << 33), "structure is truncated");
  }

  private interface Damage {
    void to(ByteBuffer bytes);
  }

  private void assertDamaged(Damage damage, String problem) throws IOException {
    byte[] bytes = Files.readAllBytes(FILES.resolve("words.csd"));
    damage.to(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    Path damaged = Files.write(folder.resolve("damaged.csd"), bytes);
    try (CsdFile file = CsdFile.open(damaged)) {
      assertThatThrownBy(() -> file.readWords("variable"))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("damaged.csd")
          .hasMessageContaining(problem);
    }
  }

  /** Returns the position of the first collection, which has the words of the entry. */
  private static int heap(ByteBuffer bytes) {
    for (int i = 0; i < bytes.capacity() - Integer.BYTES; i++) {
      if (bytes.getInt(i) == HEAP) {
        return i;
      }
    }
    throw new AssertionError("no global heap");
  }
}
