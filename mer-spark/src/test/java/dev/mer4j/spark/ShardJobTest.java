package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preparation in tasks of this process. */
class ShardJobTest {
  private static final AtomicInteger CREATED = new AtomicInteger();

  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    data = folder.resolve("data");
    out = Files.createDirectories(folder.resolve("out"));
    SyntheticMosei.builder().videos(12).seed(5).durationFactor(0.05).build().write(data);
  }

  private void prepare(PreparationFactory factory) {
    new SparkCluster(Sessions.local())
        .prepare(factory, OutputFile.of(out.resolve("x.store"), SegmentStore.MARK));
  }

  @Test
  void theTasksOfAJvmShareOnePreparation() throws IOException {
    CREATED.set(0);
    String source = data.toString();
    PreparationFactory counting =
        () -> {
          CREATED.incrementAndGet();
          return Preparation.builder(CsdFolder.find(Path.of(source))).build();
        };

    prepare(counting);

    Preparation.builder(CsdFolder.find(data)).build().run(folder.resolve("one.store"));
    assertThat(out.resolve("x.store")).hasSameBinaryContentAs(folder.resolve("one.store"));
    assertThat(CREATED.get()).isBetween(1, 2);
    assertThat(list()).containsExactly("x.store");
  }

  @Test
  void theErrorOfATaskLeavesNoFiles() throws IOException {
    String source = data.toString();
    Path text = CsdFolder.find(data).features().values().get(0);
    byte[] bytes = Files.readAllBytes(text);
    PreparationFactory strict =
        () -> Preparation.builder(CsdFolder.find(Path.of(source))).strict(true).build();
    // Damages the numbers of entries, not the index that the driver reads.
    for (int at = bytes.length / 4; at < bytes.length / 2; at++) {
      bytes[at] = (byte) 0xff;
    }
    Files.write(text, bytes);

    assertThatThrownBy(() -> prepare(strict)).isInstanceOf(FileException.class);
    assertThat(list()).isEmpty();
  }

  private List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
