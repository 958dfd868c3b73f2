package dev.mer4j.data.source.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.mer4j.FileException;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.array.TextArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads files with random damage: some, or as many as the property {@code fuzz.cases} says ({@code
 * mvn -pl mer-data -Pfuzz test}).
 */
final class ArrayFuzzTest {
  private static final int CASES = Integer.getInteger("fuzz.cases", 3000);
  private static final long FIRST_SEED = Long.getLong("fuzz.seed", 0);
  private static final long SECONDS = 20;
  private static final int MOST_NUMBERS = 100_000;

  /** Bytes that mean something in a pickle; those above 0x7F are from 0x80 on. */
  private static final String OPCODES = "(.012FIJKLMNPQRSTUVXabcdeghijlopqrst)]}uGBC";

  @TempDir Path folder;

  @Test
  void everyDamagedFileIsReadOrRefusedInGoodTime() throws IOException, InterruptedException {
    List<byte[]> originals = new ArrayList<>();
    for (String archive : ArrayForms.ARCHIVES) {
      for (Path file : ArrayForms.unpack(archive, folder.resolve(archive))) {
        originals.add(Files.readAllBytes(file));
      }
    }
    ExecutorService reader = Executors.newSingleThreadExecutor();
    Path file = folder.resolve("x.bin");
    int refused = 0;
    long seed = FIRST_SEED;
    try {
      for (; seed < FIRST_SEED + CASES; seed++) {
        Random random = new Random(seed);
        byte[] original = originals.get(random.nextInt(originals.size()));
        Files.write(file, damage(original, random));
        Future<Boolean> read = reader.submit(() -> isRead(file));
        refused += read.get(SECONDS, TimeUnit.SECONDS) ? 0 : 1;
      }
    } catch (ExecutionException | TimeoutException e) {
      fail("neither read nor refused: seed " + seed, e);
    } finally {
      reader.shutdownNow();
    }
    assertThat(refused).isBetween(CASES / 3, CASES - CASES / 50);
  }

  private static boolean isRead(Path file) {
    try (ArrayFile arrays = ArrayFiles.open(file)) {
      read(arrays.root());
      return true;
    } catch (FileException e) {
      assertThat(e).hasMessageContaining("x.bin: ").hasMessageNotContaining("Exception");
      assertThat(e.problem()).hasSizeLessThan(500).matches("\\P{Cntrl}+");
      return false;
    }
  }

  private static void read(Node node) {
    if (node instanceof DictNode dict) {
      dict.entries().values().forEach(ArrayFuzzTest::read);
    } else if (node instanceof ListNode list) {
      list.items().forEach(ArrayFuzzTest::read);
    } else if (node instanceof TextArray texts) {
      texts.texts().stream().limit(1000).forEach(text -> assertThat(text).isNotNull());
    } else if (node instanceof NumericArray array) {
      long most = MOST_NUMBERS / Math.max(1, array.rowSize());
      array.readRows(0, Math.min(array.rows(), most));
      array.readDoubles(array.rows() - Math.min(array.rows(), most), array.rows());
    }
  }

  private static byte[] damage(byte[] original, Random random) {
    byte[] bytes = original.clone();
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int times = 1 + random.nextInt(1 << random.nextInt(5));
    for (int i = 0; i < times && bytes.length > 16; i++) {
      int at = random.nextInt(bytes.length - 16);
      int other = random.nextInt(bytes.length - 16);
      switch (random.nextInt(8)) {
        case 0, 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> words.putInt(at, extreme(random, bytes.length));
        case 4 -> words.putLong(at, extreme(random, bytes.length));
        case 5 -> words.putLong(at, (long) extreme(random, bytes.length) << random.nextInt(33));
        case 6 -> bytes[at] = opcode(random.nextInt(OPCODES.length() + 25));
        default -> {
          int length = Math.min(random.nextInt(300), bytes.length - Math.max(at, other));
          System.arraycopy(original, other, bytes, at, length);
        }
      }
    }
    return random.nextInt(6) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static byte opcode(int draw) {
    return (byte) (draw < OPCODES.length() ? OPCODES.charAt(draw) : 0x80 + draw - OPCODES.length());
  }

  private static int extreme(Random random, int length) {
    int[] values = {0, 1, -1, 2, 255, 65_535, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE};
    int draw = random.nextInt(values.length + 6);
    return draw < values.length ? values[draw] : random.nextInt(length);
  }
}
