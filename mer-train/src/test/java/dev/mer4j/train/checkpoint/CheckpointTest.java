package dev.mer4j.train.checkpoint;

import static dev.mer4j.train.checkpoint.SampleCheckpoints.TALLY;
import static dev.mer4j.train.checkpoint.SampleCheckpoints.checkpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.file.Sha256;
import dev.mer4j.train.history.History;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0} parameters")
  @ValueSource(ints = {0, 1, 16_384, 16_385, 40_000})
  void roundTripsBitForBit(int parameters) {
    Checkpoint written = checkpoint(3, parameters);
    Path file = new CheckpointFolder(folder).save(written);

    assertEqual(CheckpointFile.read(file), written);
  }

  @ParameterizedTest(name = "best epoch: {0}")
  @ValueSource(booleans = {true, false})
  void roundTripsAnAverage(boolean best) {
    Checkpoint plain = checkpoint(2, 5);
    float[] average = {1, -0f, 3, Float.MIN_VALUE, 5};
    Checkpoint written =
        new Checkpoint(
            plain.fingerprint(),
            plain.position(),
            plain.standardization(),
            best ? plain.best() : null,
            plain.optimizer(),
            new Checkpoint.Values(plain.parameters(), average));
    Path file = new CheckpointFolder(folder).save(written);

    assertEqual(CheckpointFile.read(file), written);
  }

  @Test
  void mentionsAnAverageOnlyIfThereIsOne() throws IOException {
    Path file = new CheckpointFolder(folder).save(checkpoint(1, 20));

    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("averaged");
  }

  @Test
  void roundTripsInAnInterruptedThread() {
    Checkpoint written = checkpoint(3, 7);
    Path file = new CheckpointFolder(folder).save(written);
    Thread.currentThread().interrupt();
    Checkpoint read = CheckpointFile.read(file);

    assertThat(Thread.interrupted()).isTrue();
    assertEqual(read, written);
  }

  @Test
  void keepsTheOddestFloats() {
    float[] odd = {-0f, Float.MIN_VALUE, -Float.MAX_VALUE, Math.nextUp(1f), 1e-40f};
    Checkpoint plain = checkpoint(1, odd.length);
    Path file =
        new CheckpointFolder(folder)
            .save(
                new Checkpoint(
                    plain.fingerprint(),
                    plain.position(),
                    plain.standardization(),
                    plain.best(),
                    plain.optimizer(),
                    new Checkpoint.Values(odd, null)));

    float[] read = CheckpointFile.read(file).parameters();

    for (int i = 0; i < odd.length; i++) {
      assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(odd[i]));
    }
  }

  @Test
  void detectsEveryFlippedBit() throws IOException {
    Path file = new CheckpointFolder(folder).save(checkpoint(1, 20));
    byte[] good = Files.readAllBytes(file);

    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 << i % 8);
      Files.write(file, bad);
      assertDamaged(file);
    }
  }

  @Test
  void detectsTruncation() throws IOException {
    Path file = new CheckpointFolder(folder).save(checkpoint(1, 20));
    byte[] good = Files.readAllBytes(file);

    for (int length = 0; length < good.length; length += 7) {
      Files.write(file, Arrays.copyOf(good, length));
      assertDamaged(file);
    }
  }

  @Test
  void refusesAFileOfAnotherKind() throws IOException {
    Path file = folder.resolve("other");
    write(file, "This is not a checkpoint at all.".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": not a checkpoint");
  }

  @Test
  void refusesALaterVersion() throws IOException {
    Path file = new CheckpointFolder(folder).save(checkpoint(1, 2));
    byte[] bytes = Files.readAllBytes(file);
    bytes[11] = 9;
    write(file, Arrays.copyOf(bytes, bytes.length - 32));

    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "has checkpoint format version 9, but this version of mer4j reads version 2");
  }

  @Test
  void roundTripsWithinTheFirstEpoch() {
    Checkpoint plain = checkpoint(0, 20);
    Checkpoint early =
        new Checkpoint(
            plain.fingerprint(),
            new Checkpoint.Position(History.EMPTY, TALLY),
            plain.standardization(),
            null,
            plain.optimizer(),
            plain.values());
    Path file = new CheckpointFolder(folder).save(early);

    assertThat(file).hasFileName("epoch-00000-step-00005.checkpoint");
    assertEqual(CheckpointFile.read(file), early);
  }

  @Test
  void fingerprintNamesWhatDiffers() {
    Fingerprint then = new Fingerprint(Map.of("same", "1", "rate", "2", "gone", "3"));
    Fingerprint now = new Fingerprint(Map.of("same", "1", "rate", "4", "new", "5"));

    assertThat(then.differencesFrom(now))
        .containsExactly(
            "gone was 3 and is nothing", "new was nothing and is 5", "rate was 2 and is 4");
    assertThat(then.differencesFrom(then)).isEmpty();
  }

  /** Compares field by field, arrays as a whole, because AssertJ takes long for their numbers. */
  private static void assertEqual(Checkpoint found, Checkpoint expected) {
    assertThat(found)
        .usingRecursiveComparison()
        .withEqualsForType(Arrays::equals, float[].class)
        .isEqualTo(expected);
  }

  private static void assertDamaged(Path file) {
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": SHA-256 mismatch; the file is corrupt");
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.write(file, concat(content, Sha256.newDigest().digest(content)));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
