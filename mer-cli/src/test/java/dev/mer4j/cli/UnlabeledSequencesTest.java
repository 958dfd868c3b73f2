package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predicts a folder of {@code .csd} files without labels. */
final class UnlabeledSequencesTest {
  @TempDir private Path folder;

  @Test
  void aModelPredictsSequencesWithoutLabels() throws IOException {
    Path data = folder.resolve("data");
    Path store = folder.resolve("data.store");
    Path run = folder.resolve("run");
    assertThat(Cli.run("synth", data, "--videos", 12, "--seed", 1).status()).isZero();
    assertThat(Cli.run("prepare", data, "--steps", 20, "--out", store).status()).isZero();
    assertThat(Cli.run("train", store, "--out", run, "--epochs", 1).status()).isZero();
    Path bare = Files.createDirectory(folder.resolve("bare"));
    for (Path file : files(data)) {
      if (!file.getFileName().toString().contains("Labels")) {
        Files.move(file, bare.resolve(file.getFileName()));
      }
    }

    Cli prepared = Cli.run("prepare", bare, "--out", folder.resolve("bare.store"));
    assertThat(prepared.err()).isEmpty();
    assertThat(prepared.out()).contains("labels: there is no file of labels; the entries of");
    Cli predicted = Cli.run("predict", run, bare, "--out", folder.resolve("p.jsonl"));
    assertThat(predicted.err()).isEmpty();
    List<String> lines = Files.readAllLines(folder.resolve("p.jsonl"));
    assertThat(lines).hasSize(12).allSatisfy(line -> assertThat(line).contains("\"labels\":null"));
  }

  private static List<Path> files(Path data) throws IOException {
    try (var all = Files.list(data)) {
      return all.filter(file -> file.toString().endsWith(".csd")).toList();
    }
  }
}
