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
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    PrepareOptions options =
        new PrepareOptions(
            SampleUnit.SEGMENT,
            50,
            Truncation.POOL,
            SanitizeOptions.DEFAULT,
            IncompletePolicy.DROP_SEGMENT,
            precision);
    return Preparation.builder(files).folds(folds).options(options).build();
  }

  private List<Path> shards(Preparation preparation, int... ends) {
    List<Path> shards = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      Path shard = folder.resolve("shard-" + shards.size());
      preparation.writeShard(from, end, shard);
      shards.add(shard);
      from = end;
    }
    return shards;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void mergedShardsAreTheStoreOfOneProcess(Precision precision) {
    Preparation preparation = preparation(precision);
    int videos = preparation.videos().size();
    Path merged = folder.resolve("merged");

    StoreInfo whole = preparation.run(folder.resolve("whole"));
    StoreInfo info =
        preparation.merge(
            shards(preparation, 1, 1, videos / 2, videos),
            OutputFile.of(merged, SegmentStore.MARK));

    assertThat(merged).hasSameBinaryContentAs(folder.resolve("whole"));
    assertThat(info).usingRecursiveComparison().isEqualTo(whole);
  }

  @Test
  void aMissingOrDamagedShardIsNamed() throws IOException {
    Preparation preparation = preparation(Precision.FLOAT32);
    int videos = preparation.videos().size();
    List<Path> shards = shards(preparation, 2, videos);
    OutputFile output = OutputFile.of(folder.resolve("none"), SegmentStore.MARK);

    assertThatThrownBy(() -> preparation.merge(shards.subList(1, 2), output))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("shard-1: has the video");
    assertThatThrownBy(() -> preparation.merge(shards.subList(0, 1), output))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("shard-0: lacks");
    byte[] bytes = Files.readAllBytes(shards.get(1));
    bytes[bytes.length - 1] ^= 1;
    Files.write(shards.get(1), bytes);
    assertThatThrownBy(() -> preparation.merge(shards, output))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("shard-1");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
