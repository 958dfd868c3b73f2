package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.synth.SyntheticMosei;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledPreparationTest {
  @TempDir Path data;
  @TempDir Path folder;

  @Test
  void killingAtAnyTimeLeavesNoStoreAndTheNextRunCleansUp()
      throws IOException, InterruptedException {
    CsdFolder files =
        SyntheticMosei.builder()
            .videos(30)
            .durationFactor(0.2)
            .width(Modality.VISUAL, 20)
            .build()
            .write(data);
    Path store = folder.resolve("x.store");
    for (int videos : List.of(1, 15, 30)) {
      killAfter(videos, store);
      assertThat(store).doesNotExist();
      assertThat(files()).isEqualTo(1);
    }
    Preparation.builder(files).build().run(store);
    assertThat(files()).isEqualTo(1);
    try (SegmentStore whole = SegmentStore.open(store)) {
      whole.verify();
    }
  }

  @Test
  void rejectsAStoreThatAnotherProcessPrepares() throws IOException, InterruptedException {
    CsdFolder files =
        SyntheticMosei.builder()
            .videos(4)
            .durationFactor(0.2)
            .width(Modality.VISUAL, 20)
            .build()
            .write(data);
    Path store = folder.resolve("x.store");
    Process first = start(2, store);
    try (BufferedReader lines = first.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("here");
      assertThatThrownBy(() -> Preparation.builder(files).build().run(store))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("x.store: another process is preparing or writing it");
      assertThat(files()).isEqualTo(1);
      first.outputWriter().append('\n').close();
      assertThat(first.waitFor()).isZero();
    }
    try (SegmentStore whole = SegmentStore.open(store)) {
      whole.verify();
    }
    assertThat(files()).isEqualTo(1);
  }

  private void killAfter(int videos, Path store) throws IOException, InterruptedException {
    Process process = start(videos, store);
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("here");
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(int videos, Path store) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledPreparation.class.getName(),
            data.toString(),
            store.toString(),
            String.valueOf(videos))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private long files() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.count();
    }
  }
}
