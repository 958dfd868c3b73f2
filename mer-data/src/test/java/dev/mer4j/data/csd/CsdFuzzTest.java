package dev.mer4j.data.csd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads files with random damage. The property {@code fuzz.cases} sets their number, which defaults
 * to a few hundred ({@code mvn -pl mer-data -Pfuzz test}).
 */
final class CsdFuzzTest {
  private static final Path FILES = Path.of("src/test/resources/h5py");
  private static final int CASES = Integer.getInteger("fuzz.cases", 400);
  private static final long FIRST_SEED = Long.getLong("fuzz.seed", 0);
  private static final long SECONDS = 20;

  @TempDir Path folder;

  @Test
  void everyDamagedFileIsReadOrRejectedWithinTheTimeLimit()
      throws IOException, InterruptedException {
    List<byte[]> originals;
    try (Stream<Path> files = Files.walk(FILES)) {
      originals = files.filter(HdfPreamble::isHdf5).sorted().map(CsdFuzzTest::bytes).toList();
    }
    assertThat(originals).hasSizeGreaterThan(8);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    Path file = folder.resolve("x.csd");
    int rejected = 0;
    int partly = 0;
    long seed = FIRST_SEED;
    try {
      for (; seed < FIRST_SEED + CASES; seed++) {
        Random random = new Random(seed);
        byte[] original = originals.get(random.nextInt(originals.size()));
        Files.write(file, damage(original, random));
        Future<Integer> faults = reader.submit(() -> readAll(file));
        int found = faults.get(SECONDS, TimeUnit.SECONDS);
        rejected += found < 0 ? 1 : 0;
        partly += found > 0 ? 1 : 0;
      }
    } catch (ExecutionException | TimeoutException e) {
      fail("neither read nor rejected: seed " + seed, e);
    } finally {
      reader.shutdownNow();
    }
    assertThat(rejected).isGreaterThan(CASES / 10);
    assertThat(partly).isGreaterThan(CASES / 10);
  }

  /** Returns the number of damaged entries, or -1 if the whole file is rejected. */
  private static int readAll(Path file) {
    int faults = 0;
    try (CsdFile csd = CsdFile.open(file)) {
      for (String video : csd.videos()) {
        try {
          if (csd.shape(video).text()) {
            csd.readWords(video);
          } else {
            csd.read(video);
          }
          csd.release();
        } catch (FileException e) {
          assertThat(e).hasMessageContaining("x.csd").hasMessageContaining(video);
          faults++;
        }
      }
      return faults;
    } catch (FileException e) {
      assertThat(e).hasMessageContaining("x.csd");
      return -1;
    }
  }

  private static byte[] damage(byte[] original, Random random) {
    byte[] bytes = original.clone();
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int times = 1 + random.nextInt(12);
    for (int i = 0; i < times; i++) {
      // Most structures start at a multiple of 8, near the start of the file.
      int at = random.nextInt(bytes.length - 16);
      at = random.nextBoolean() ? at & ~7 : at;
      int other = random.nextInt(bytes.length - 16) & ~7;
      switch (random.nextInt(8)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> words.putInt(at, extreme(random, bytes.length));
        case 3 -> words.putLong(at, extreme(random, bytes.length));
        case 4 -> words.putLong(at, words.getLong(other));
        case 5 -> words.putLong(at, (long) extreme(random, bytes.length) << random.nextInt(33));
        case 6 ->
            Arrays.fill(bytes, at, at + 1 + random.nextInt(16), (byte) (random.nextInt(2) * 255));
        default -> {
          int length = Math.min(random.nextInt(600), bytes.length - Math.max(at, other));
          System.arraycopy(original, other, bytes, at, length);
        }
      }
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static int extreme(Random random, int length) {
    int[] values = {0, 1, -1, 2, 255, 65_535, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE};
    int draw = random.nextInt(values.length + 6);
    return draw < values.length ? values[draw] : random.nextInt(length) & ~7;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
