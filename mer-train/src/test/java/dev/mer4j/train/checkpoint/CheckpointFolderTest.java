package dev.mer4j.train.checkpoint;

import static dev.mer4j.train.checkpoint.SampleCheckpoints.TALLY;
import static dev.mer4j.train.checkpoint.SampleCheckpoints.at;
import static dev.mer4j.train.checkpoint.SampleCheckpoints.checkpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.train.history.EpochTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFolderTest {
  @TempDir Path folder;

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
}
