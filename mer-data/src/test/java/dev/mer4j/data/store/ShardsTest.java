package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShardsTest {
  @TempDir static Path data;
  private static CsdFolder files;
  private static Folds folds;

  @TempDir Path folder;

  @BeforeAll
  static void writeData() {
    files = SmallFiles.write(data);
    folds = Folds.read(data.resolve(SyntheticMosei.FOLDS));
  }

  private static Preparation preparation(Precision precision) {
    return Preparation.builder(files).folds(folds).options(options(precision)).build();
  }

  private static PrepareOptions options(Precision precision) {
    return new PrepareOptions(
        SampleUnit.SEGMENT,
        50,
        Truncation.POOL,
        SanitizeOptions.DEFAULT,
        IncompletePolicy.DROP_SEGMENT,
        precision);
  }

  private List<Path> shards(Preparation preparation, int... ends) {
    List<Path> shards = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      Path shard = folder.resolve("shard-" + shards.size());
      preparation.sharded().writePart(new StorePart(from, end), folder.resolve("records"), shard);
      shards.add(shard);
      from = end;
    }
    return shards;
  }

  private StoreInfo merge(Preparation preparation, List<Path> shards, OutputFile output) {
    return preparation.sharded().merge(shards::iterator, folder.resolve("records"), output);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void mergedShardsAreTheStoreOfOneProcess(Precision precision) {
    Preparation preparation = preparation(precision);
    int videos = preparation.videos().size();
    Path merged = folder.resolve("merged");

    StoreInfo whole = preparation.run(folder.resolve("whole"));
    StoreInfo info =
        preparation
            .sharded()
            .merge(
                shards(preparation, 1, 1, videos / 2, videos)::iterator,
                folder.resolve("records"),
                OutputFile.of(merged, SegmentStore.MARK));

    assertThat(merged).hasSameBinaryContentAs(folder.resolve("whole"));
    assertThat(info).usingRecursiveComparison().isEqualTo(whole);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void statisticsOfRangesDescribeTheStore(Precision precision) {
    Preparation preparation = preparation(precision);
    int videos = preparation.videos().size();
    List<Path> statistics = new ArrayList<>();
    for (int from = 0; from < videos; from += 3) {
      Path file = folder.resolve("statistics-" + from);
      try (PreparedSegments segments = preparation.sharded().open(from, from + 3)) {
        while (segments.hasNext()) {
          segments.next();
        }
        segments.saveStatistics(file);
      }
      statistics.add(file);
    }

    StoreInfo info = preparation.sharded().describe(statistics);

    assertThat(info).usingRecursiveComparison().isEqualTo(preparation.run(folder.resolve("whole")));
    assertThatThrownBy(() -> preparation.sharded().describe(statistics.subList(0, 1)))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("statistics-0: lacks");
  }

  @Test
  void anInterruptWhileAStoreIsWrittenLosesNoSegments() {
    Path whole = folder.resolve("whole");
    Path interrupted = folder.resolve("interrupted");
    preparation(Precision.FLOAT32).run(whole);
    AtomicBoolean first = new AtomicBoolean(true);
    Preparation preparation =
        Preparation.builder(files)
            .folds(folds)
            .options(options(Precision.FLOAT32))
            .progress(
                (done, total) -> {
                  if (done == total && first.getAndSet(false)) {
                    Thread.currentThread().interrupt();
                  }
                })
            .build();

    preparation.run(interrupted);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted).hasSameBinaryContentAs(whole);
  }

  @Test
  void aMissingOrDamagedShardIsNamed() throws IOException {
    Preparation preparation = preparation(Precision.FLOAT32);
    int videos = preparation.videos().size();
    List<Path> shards = shards(preparation, 2, videos);
    OutputFile output = OutputFile.of(folder.resolve("none"), SegmentStore.MARK);

    assertThatThrownBy(() -> merge(preparation, shards.subList(1, 2), output))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("shard-1: has the video");
    assertThatThrownBy(() -> merge(preparation, shards.subList(0, 1), output))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("shard-0: lacks");
    byte[] bytes = Files.readAllBytes(shards.get(1));
    bytes[bytes.length - 30] ^= 1;
    Files.write(shards.get(1), bytes);
    assertThatThrownBy(() -> merge(preparation, shards, output))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("shard-1: its description is damaged");
    Files.write(shards.get(1), Arrays.copyOf(bytes, bytes.length - 20));
    assertThatThrownBy(() -> merge(preparation, shards, output))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("shard-1: its trailer is damaged");
    Files.writeString(shards.get(1), "no shard");
    assertThatThrownBy(() -> merge(preparation, shards, output))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("shard-1: is not a shard");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** Their checksums are valid. */
  @Test
  void descriptionsThatNoPreparationWritesAreDamage() throws IOException {
    ShardFormat format = ShardFormat.of(new CsdSource(files));
    String statistics =
        "{\"truncated\": {}, \"sanitized\": {}, \"moments\": {}, \"sanitizedScores\": 0,"
            + " \"dropped\": [], \"faults\": [], \"skipped\": []}";
    String one = "{\"name\": \"v\", \"segments\": %d, \"statistics\": " + statistics + "}";

    assertDamaged(format, "null", 0);
    assertDamaged(format, "[]", 0);
    assertDamaged(format, String.format(Locale.ROOT, one, 1), 0);
    assertDamaged(format, String.format(Locale.ROOT, one, 1), 200);
    assertDamaged(format, String.format(Locale.ROOT, one, -1), 0);
    assertDamaged(format, String.format(Locale.ROOT, one, Integer.MAX_VALUE), 0);
    assertDamaged(format, String.format(Locale.ROOT, one, 0), 4);
  }

  private void assertDamaged(ShardFormat format, String header, int indexBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer videos =
        ByteBuffer.allocate(2 * Integer.BYTES + json.length + indexBytes)
            .putInt(json.length)
            .put(json)
            .putInt(indexBytes)
            .put(new byte[indexBytes])
            .flip();
    ByteBuffer shard =
        ByteBuffer.allocate(
                StoreFormat.HEADER_BYTES + videos.capacity() + ShardFormat.TRAILER_BYTES)
            .put(ShardFormat.header(0))
            .put(videos.duplicate())
            .putLong(StoreFormat.HEADER_BYTES)
            .putLong(StoreFormat.HEADER_BYTES)
            .putInt(StoreFormat.crc(videos));
    Path file = Files.write(folder.resolve("forged"), shard.array());
    assertThatThrownBy(() -> ShardReader.open(file, format))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": its description is damaged; prepare the data again");
  }
}
