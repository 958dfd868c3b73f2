package dev.mer4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.core.Thresholds;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.file.Sha256;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.EpochTotals;
import dev.mer4j.train.history.History;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final EpochRecord EPOCH =
      new EpochRecord(1, 5, 0, 1 / 3.0, 0.1, 1e300, 1e-4, Math.PI, 1 / 7.0, 1e-9);
  private static final EpochTotals TALLY =
      new EpochTotals(3, 2, 1, 1, 40, Math.E, 1 / 9.0, 1e-5, 0.1);

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} parameters")
  @ValueSource(ints = {0, 1, 16_384, 16_385, 40_000})
  void roundTripsBitForBit(int parameters) {
    Checkpoint written = checkpoint(3, parameters);
    Path file = new CheckpointFolder(folder).save(written);

    assertThat(CheckpointFile.read(file)).usingRecursiveComparison().isEqualTo(written);
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

    assertThat(CheckpointFile.read(file)).usingRecursiveComparison().isEqualTo(written);
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
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
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
    assertThat(CheckpointFile.read(file)).usingRecursiveComparison().isEqualTo(early);
  }

  @Test
  void keepsTheLastThree() throws IOException {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    Path stranger = Files.createFile(folder.resolve("epoch-1.txt"));
    for (int epoch : List.of(1, 2, 3, 10)) {
      checkpoints.save(at(epoch, EpochTotals.EMPTY));
      checkpoints.save(at(epoch, TALLY));
    }

    assertThat(checkpoints.files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "epoch-00010-step-00005.checkpoint",
            "epoch-00010.checkpoint",
            "epoch-00003-step-00005.checkpoint");
    assertThat(stranger).exists();
  }

  @ParameterizedTest(name = "{0} kept")
  @ValueSource(ints = {1, 2})
  void keepsTheCheckpointOfARunThatContinuesBehindCorruptOnes(int kept) throws IOException {
    CheckpointFolder checkpoints = new CheckpointFolder(folder, kept);
    for (int epoch : List.of(8, 9)) {
      Files.write(folder.resolve("epoch-0000" + epoch + ".checkpoint"), new byte[] {1});
    }
    checkpoints.save(at(4, EpochTotals.EMPTY));
    Path saved = checkpoints.save(at(5, EpochTotals.EMPTY));

    assertThat(checkpoints.files()).hasSize(2 + kept);
    assertThat(checkpoints.newest(each -> {}, (file, problem) -> {}))
        .hasValueSatisfying(found -> assertThat(found.file()).isEqualTo(saved));
  }

  @Test
  void removesPartialFilesOfACrash() throws IOException {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.save(checkpoint(1, 2));
    Path half = Files.createFile(folder.resolve(".epoch-00002.checkpoint.1234-5678.part"));

    assertThat(checkpoints.newest(saved -> {}, (file, problem) -> {})).isPresent();
    assertThat(half).doesNotExist();
  }

  @Test
  void namesTheCheckpointToResumeFromOnWriteErrors() throws IOException {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.save(checkpoint(1, 2));
    // A file cannot replace a folder that is not empty.
    Files.createDirectories(folder.resolve("epoch-00002-step-00005.checkpoint/in the way"));
    Checkpoint next = checkpoint(2, 2);

    assertThatThrownBy(() -> checkpoints.save(next))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("epoch-00002-step-00005.checkpoint: cannot be written")
        .hasMessageEndingWith("free disk space and resume from epoch-00001-step-00005.checkpoint");
    assertThat(folder.resolve("epoch-00001-step-00005.checkpoint")).exists();
  }

  @Test
  void isEmptyWithoutCheckpoints() {
    CheckpointFolder checkpoints = new CheckpointFolder(folder.resolve("none"));

    assertThat(checkpoints.newest(saved -> {}, (file, problem) -> {})).isEmpty();
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

  private static void assertDamaged(Path file) {
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": SHA-256 mismatch; the file is corrupt");
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.write(file, concat(content, Sha256.newDigest().digest(content)));
  }

  private static Checkpoint at(int epoch, EpochTotals totals) {
    Checkpoint full = checkpoint(epoch, 1);
    return new Checkpoint(
        full.fingerprint(),
        new Checkpoint.Position(full.history(), totals),
        full.standardization(),
        full.best(),
        full.optimizer(),
        full.values());
  }

  private static Checkpoint checkpoint(int epoch, int parameters) {
    SeedStream draws = new Seeds(epoch).stream("checkpoint");
    History history = new History(Collections.nCopies(epoch, EPOCH));
    BestEpoch best =
        new BestEpoch(
            1,
            0.1 + 0.2,
            Math.nextUp(0.5),
            new Thresholds(List.of(0.0, 1.0, 1 / 3.0, 0.5, 1e-17, 0.7)),
            random(draws, parameters));
    return new Checkpoint(
        new Fingerprint(Map.of("seed", "7", "text with \"quotes\" and é", "…")),
        new Checkpoint.Position(history, TALLY),
        standardization(),
        best,
        new AdamW.State(12, random(draws, parameters), random(draws, parameters)),
        new Checkpoint.Values(random(draws, parameters), null));
  }

  private static Standardization standardization() {
    Features text = new Features(2, 3, new float[] {1, 2, 3, 4, 0.1f, 6e-20f});
    return Standardization.fit(
        SegmentList.of(
            List.of(
                new Segment(
                    new SegmentId("v", 0),
                    0,
                    1,
                    EmotionScores.mosei(0, 1, 0, 0, 0, 0, 0),
                    PerModality.of(Modality.TEXT, text)))));
  }

  private static float[] random(SeedStream draws, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) draws.nextGaussian();
    }
    return values;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
