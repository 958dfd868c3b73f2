package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TestSegments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests stores with invalid content and valid checksums. */
final class ForgedStoreTest {
  private static final int INDEX = 16;
  private static final int INFO = 32;
  private static final int[] INVALID_INTS = {
    -1, 0, 7, (1 << 29) + 4, Integer.MAX_VALUE, Integer.MIN_VALUE
  };
  private static final long[] INVALID_LONGS = {
    -1, 0, 15, 20, 1L << 31, 1L << 40, Long.MAX_VALUE - 3, Long.MIN_VALUE
  };

  @TempDir Path folder;
  private Path file;
  private byte[] good;

  @BeforeEach
  void writeStore() throws IOException {
    file = folder.resolve("x.store");
    SmallStores.write(file, TestSegments.random(2, 2));
    good = Files.readAllBytes(file);
  }

  @Test
  void everyNumberOfTheTrailerIsChecked() throws IOException {
    for (int field : new int[] {12, INDEX + 8, INFO + 8}) {
      for (int value : INVALID_INTS) {
        byte[] forged = good.clone();
        trailer(forged).putInt(field, value);
        assertRejected(withChecksums(forged), "int " + field + " = " + value);
      }
    }
    for (int field : new int[] {INDEX, INFO}) {
      for (long value : INVALID_LONGS) {
        byte[] forged = good.clone();
        trailer(forged).putLong(field, value);
        assertRejected(withChecksums(forged), "long " + field + " = " + value);
      }
    }
  }

  @Test
  void indexAndDescriptionInTheWrongOrderAreRejected() throws IOException {
    byte[] forged = good.clone();
    ByteBuffer trailer = trailer(forged);
    byte[] index = new byte[16];
    byte[] info = new byte[16];
    trailer.get(INDEX, index).get(INFO, info);
    trailer.put(INDEX, info).put(INFO, index);
    assertRejected(withChecksums(forged), "swapped");
  }

  /** Writes invalid values of 1, 2, 4 and 8 bytes at every offset of the index. */
  @Test
  void anyContentOfTheIndexIsReadOrRejectedWithAFileException() throws IOException {
    int start = (int) trailer(good).getLong(INDEX);
    int length = trailer(good).getInt(INDEX + 8);
    for (int at = start; at < start + length; at++) {
      for (int value : INVALID_INTS) {
        byte[] forged = good.clone();
        ByteBuffer bytes = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
        if (value == -1 || value == 7) {
          bytes.put(at, (byte) value);
          assertReadOrRejected(withChecksums(forged));
        }
        if (at + 4 <= start + length) {
          bytes.putInt(at, value);
          assertReadOrRejected(withChecksums(forged));
        }
      }
      for (long value : INVALID_LONGS) {
        if (at + 8 <= start + length) {
          byte[] forged = good.clone();
          ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
          assertReadOrRejected(withChecksums(forged));
        }
      }
    }
  }

  @Test
  void overlappingOrSwappedRecordsAreRejected() throws IOException {
    // The first entry: "v0", index, split, start, end, 7 scores, modalities, then its places.
    int places = (int) trailer(good).getLong(INDEX) + 2 + 2 + 4 + 1 + 16 + 28 + 1;
    byte[] overlapping = good.clone();
    ByteBuffer bytes = ByteBuffer.wrap(overlapping).order(ByteOrder.LITTLE_ENDIAN);
    long first = bytes.getLong(places);
    assertThat(first).isEqualTo(StoreFormat.HEADER_BYTES);
    bytes.putLong(places + 16, first);
    assertRejected(withChecksums(overlapping), "overlapping");
  }

  @Test
  void anyDescriptionIsReadOrRejectedWithAFileException() throws IOException {
    int start = (int) trailer(good).getLong(INFO);
    int length = trailer(good).getInt(INFO + 8);
    JsonMapper json = new JsonMapper();
    String text = new String(good, start, length, StandardCharsets.UTF_8);
    int fields = count(json.readTree(text));
    String[] invalid = {"null", "-1", "2147483647", "1e99", "\"NaN\"", "[]", "{}", "[null]"};
    for (int field = 0; field < fields; field++) {
      for (String value : invalid) {
        JsonNode tree = json.readTree(text);
        replace(tree, new int[] {field}, json.readTree(value));
        assertReadOrRejected(withInfo(tree.toString()));
      }
      JsonNode without = json.readTree(text);
      replace(without, new int[] {field}, null);
      assertReadOrRejected(withInfo(without.toString()));
    }
    for (String value : new String[] {"", "null", "[]", "[".repeat(100_000), "{\"widths\":3}"}) {
      assertRejected(withInfo(value), value);
    }
  }

  @Test
  void randomBytesWithValidChecksumsAreReadOrRejectedWithAFileException() throws IOException {
    Random random = new Random(7);
    int records = (int) trailer(good).getLong(INDEX);
    for (int trial = 0; trial < 500; trial++) {
      byte[] forged = good.clone();
      for (int flips = 0; flips <= random.nextInt(4); flips++) {
        int at = records + random.nextInt(forged.length - records - 4);
        forged[at] = (byte) random.nextInt(256);
      }
      assertReadOrRejected(withChecksums(forged));
    }
  }

  private static int count(JsonNode node) {
    int count = 0;
    for (JsonNode child : node) {
      count += 1 + count(child);
    }
    return count;
  }

  /** Replaces or removes one value, counted in document order. */
  private static boolean replace(JsonNode node, int[] left, JsonNode value) {
    if (node instanceof ObjectNode object) {
      for (String name : names(object)) {
        if (left[0]-- == 0) {
          if (value == null) {
            object.remove(name);
          } else {
            object.set(name, value);
          }
          return true;
        }
        if (replace(object.get(name), left, value)) {
          return true;
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (left[0]-- == 0) {
          if (value == null) {
            array.remove(i);
          } else {
            array.set(i, value);
          }
          return true;
        }
        if (replace(array.get(i), left, value)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String[] names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toArray(String[]::new);
  }

  private static ByteBuffer trailer(byte[] store) {
    int start = store.length - StoreFormat.TRAILER_BYTES;
    return ByteBuffer.wrap(store, start, StoreFormat.TRAILER_BYTES)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the store with another description. */
  private byte[] withInfo(String json) {
    byte[] info = json.getBytes(StandardCharsets.UTF_8);
    int start = (int) trailer(good).getLong(INFO);
    byte[] forged = Arrays.copyOf(good, start + info.length + StoreFormat.TRAILER_BYTES);
    System.arraycopy(info, 0, forged, start, info.length);
    System.arraycopy(
        good,
        good.length - StoreFormat.TRAILER_BYTES,
        forged,
        start + info.length,
        StoreFormat.TRAILER_BYTES);
    trailer(forged).putInt(INFO + 8, info.length);
    return withChecksums(forged);
  }

  /** Returns the store with recomputed checksums of the blocks that the trailer points to. */
  private static byte[] withChecksums(byte[] store) {
    ByteBuffer trailer = trailer(store);
    for (int block : new int[] {INDEX, INFO}) {
      long offset = trailer.getLong(block);
      int length = trailer.getInt(block + 8);
      if (offset >= 0 && length >= 0 && offset <= store.length - length) {
        trailer.putInt(block + 12, StoreFormat.crc(ByteBuffer.wrap(store, (int) offset, length)));
      }
    }
    int last = StoreFormat.TRAILER_BYTES - Integer.BYTES;
    trailer.putInt(last, StoreFormat.crc(trailer.duplicate().limit(last)));
    return store;
  }

  private void assertRejected(byte[] forged, String what) throws IOException {
    Files.write(file, forged);
    assertThatThrownBy(() -> SegmentStore.open(file).close())
        .as(what)
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + ": ");
  }

  private void assertReadOrRejected(byte[] forged) throws IOException {
    Files.write(file, forged);
    try (SegmentStore store = SegmentStore.open(file)) {
      SegmentSet all = store.allSegments();
      for (int s = 0; s < all.size(); s++) {
        for (Modality modality : all.info(s).modalities().toList()) {
          int width = all.widths().find(modality).orElse(0);
          all.read(s, modality, new float[all.info(s).steps(modality) * width], 0);
        }
      }
      store.verify();
    } catch (FileException e) {
      assertThat(e).hasMessageStartingWith(file + ": ");
    } catch (RuntimeException | Error e) {
      fail("neither read nor rejected", e);
    }
  }
}
