package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.data.synth.SyntheticMosei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No command on data replaces an input, or a file that it did not write. */
class DataOutputsTest {
  @TempDir static Path shared;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void write() {
    data = TinyData.write(shared.resolve("data"));
  }

  @Test
  void synthRefusesAFolderWithRealFiles() {
    Path real = TinyData.text(folder.resolve("CMU_MOSEI_COVAREP.csd"), "real features");

    Cli refused = Cli.run("synth", folder, "--videos", 3, "--pace", 0.05);

    assertFailed(refused, "CMU_MOSEI_COVAREP.csd: exists, and is not an earlier output");
    assertThat(real).hasContent("real features");
    assertThat(folder).isDirectoryContaining(file -> file.equals(real));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void synthRefusesFoldsThatItDidNotWrite() throws IOException {
    Path folds = Files.createDirectory(folder.resolve(SyntheticMosei.FOLDS));
    Path train = TinyData.text(folds.resolve("train.txt"), "real-video\n");

    Cli refused = Cli.run("synth", folder, "--videos", 3, "--pace", 0.05);

    assertFailed(refused, "folds: contains files that this program did not write", "train.txt");
    assertThat(train).hasContent("real-video\n");
  }

  @Test
  void synthReplacesItsOwnFilesAndOthersWithOverwrite() {
    assertThat(Cli.run("synth", folder, "--videos", 3, "--pace", 0.05).status()).isZero();
    assertThat(Cli.run("synth", folder, "--videos", 4, "--pace", 0.05).status()).isZero();
    Path labels = TinyData.text(folder.resolve("CMU_MOSEI_Labels.csd"), "something else");

    Cli written = Cli.run("synth", folder, "--videos", 3, "--pace", 0.05, "--overwrite");

    assertThat(written.err()).isEmpty();
    assertThat(labels).isNotEmptyFile();
    assertThat(Cli.run("inspect", folder).status()).isZero();
  }

  @Test
  void prepareNeverReplacesItsInput() throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.walk(data)) {
      inputs =
          files
              .filter(file -> file.toString().endsWith(".csd") || file.endsWith("train.txt"))
              .toList();
    }
    assertThat(inputs).hasSize(5);
    for (Path input : inputs) {
      byte[] before = Files.readAllBytes(input);

      Cli refused = Cli.run("prepare", data, "--out", input, "--overwrite");

      assertFailed(refused, input + ": would replace the input");
      assertThat(input).hasBinaryContent(before);
    }
  }

  @Test
  void prepareNeverReplacesASkippedSequence() {
    Path own = TinyData.write(folder.resolve("data"));
    Path words = TinyData.text(own.resolve("words.csd"), "");
    CsdFolder files = CsdFolder.find(data);
    Path labels = own.resolve("CMU_MOSEI_Labels.csd");

    assertThat(
            new DataFolder(new CsdSource(new CsdFolder(labels, files.features())), null).inputs())
        .contains(words, labels);
  }

  @Test
  void prepareReplacesAStoreButNothingElse() throws IOException {
    Path store = folder.resolve("x.store");
    assertThat(Cli.run("prepare", data, "--out", store).status()).isZero();
    assertThat(Cli.run("prepare", data, "--out", store).status()).isZero();
    byte[] written = Files.readAllBytes(store);
    TinyData.text(store, "thesis");

    assertFailed(Cli.run("prepare", data, "--out", store), "x.store: exists, and is not");
    assertThat(store).hasContent("thesis");
    assertThat(Cli.run("prepare", data, "--out", store, "--overwrite").status()).isZero();
    assertThat(Files.readAllBytes(store)).isEqualTo(written);
  }

  @Test
  void inspectNeverReplacesItsInput() throws IOException {
    Path labels = data.resolve("CMU_MOSEI_Labels.csd");
    byte[] before = Files.readAllBytes(labels);

    Cli refused = Cli.run("inspect", data, "--html", labels, "--overwrite");

    assertFailed(refused, "CMU_MOSEI_Labels.csd: would replace the input");
    assertThat(labels).hasBinaryContent(before);
  }

  @Test
  void inspectReplacesItsOwnPageOnly() {
    Path page = folder.resolve("page.html");
    assertThat(Cli.run("inspect", data, "--html", page).status()).isZero();
    assertThat(Cli.run("inspect", data, "--html", page).status()).isZero();
    TinyData.text(page, "<html>my home page</html>");

    assertFailed(Cli.run("inspect", data, "--html", page), "page.html: exists, and is not");
    assertThat(page).hasContent("<html>my home page</html>");
  }

  private static void assertFailed(Cli failed, String... reasons) {
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains(reasons).startsWith("mer: ").containsOnlyOnce("\n");
  }
}
