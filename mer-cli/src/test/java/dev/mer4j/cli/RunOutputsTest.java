package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No command on a run replaces its inputs, a part of a run, or a file that it did not write. */
class RunOutputsTest {
  @TempDir static Path shared;
  private static TinyRun tiny;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    tiny = TinyRun.train(shared);
  }

  @Test
  void predictNeverReplacesTheStoreOrAPartOfTheRun() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), tiny.store());
    Path model = tiny.run().resolve(TinyRun.TENSORS);
    byte[] store = Files.readAllBytes(tiny.store());
    byte[] tensors = Files.readAllBytes(model);

    for (Path out :
        List.of(
            tiny.store(),
            link,
            model,
            tiny.run().resolve("config.json"),
            tiny.run().resolve("model/new.jsonl"),
            tiny.run().resolve("report/predictions.jsonl"))) {
      Cli refused = Cli.run("predict", tiny.run(), tiny.store(), "--out", out, "--overwrite");

      assertThat(refused.status()).as(out.toString()).isEqualTo(1);
      assertThat(refused.err()).startsWith("mer: " + out).containsOnlyOnce("\n");
    }
    assertThat(tiny.store()).hasBinaryContent(store);
    assertThat(model).hasBinaryContent(tensors);
  }

  @Test
  void predictMayWriteBesideTheRunsOwnFilesAndAgain() {
    Path out = tiny.run().resolve("my-predictions.jsonl");

    assertThat(Cli.run("predict", tiny.run(), tiny.store(), "--out", out).status()).isZero();
    assertThat(Cli.run("predict", tiny.run(), tiny.store(), "--out", out).err()).isEmpty();
  }

  @Test
  void exportNeverReplacesAPartOfTheRun() throws IOException {
    byte[] config = Files.readAllBytes(tiny.run().resolve("config.json"));
    byte[] model = Files.readAllBytes(tiny.run().resolve(TinyRun.TENSORS));

    for (String out :
        List.of("config.safetensors", "model/model.safetensors", "report/x.safetensors")) {
      Cli refused = export(tiny.run().resolve(out));
      assertThat(refused.status()).as(out).isEqualTo(1);
    }
    assertThat(tiny.run().resolve("config.json")).hasBinaryContent(config);
    assertThat(tiny.run().resolve(TinyRun.TENSORS)).hasBinaryContent(model);
    assertThat(tiny.run().resolve("config.safetensors")).doesNotExist();
  }

  @Test
  void exportReplacesAnEarlierExportOnly() {
    Path out = folder.resolve("best.safetensors");
    assertThat(export(out).status()).isZero();
    assertThat(export(out).status()).isZero();
    Path json = TinyData.text(folder.resolve("best.json"), "{\"results\": [1, 2]}");

    assertFailed(export(out), "best.json: exists, and is not");
    assertThat(json).hasContent("{\"results\": [1, 2]}");
  }

  private static Cli export(Path out) {
    return Cli.run("export", tiny.run(), "--to", "safetensors", "--out", out);
  }

  @Test
  void trainRefusesAFolderWithFilesThatItWouldReplace() {
    Path foreign = TinyData.text(folder.resolve("config.json"), "{\"name\": \"my web site\"}");

    Cli refused = Cli.run("train", tiny.store(), "--out", folder, "--config", tiny.config());

    assertFailed(refused, "config.json: exists, and is not");
    assertThat(foreign).hasContent("{\"name\": \"my web site\"}");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void trainRefusesToReplaceTheConfigurationThatItReads() {
    Path config = TinyData.config(folder.resolve("config.json"));

    Cli refused = Cli.run("train", tiny.store(), "--out", folder, "--config", config);

    assertFailed(refused, "config.json: would replace the input");
  }

  @Test
  void evaluateKeepsNotesAndRefusesToReplaceForeignFiles() throws IOException {
    Path report = tiny.run().resolve("report");
    assertThat(Cli.run("evaluate", tiny.run(), tiny.store()).status()).isZero();
    Path notes = TinyData.text(report.resolve("notes.txt"), "mine");
    assertThat(Cli.run("evaluate", tiny.run(), tiny.store()).status()).isZero();
    assertThat(notes).hasContent("mine");
    TinyData.text(report.resolve("report.md"), "rewritten by hand");

    assertFailed(Cli.run("evaluate", tiny.run(), tiny.store()), "changed since: report.md");

    assertThat(report.resolve("report.md")).hasContent("rewritten by hand");
    Cli allowed = Cli.run("evaluate", tiny.run(), tiny.store(), "--overwrite");
    assertThat(allowed.err()).isEmpty();
    Files.delete(notes);
  }

  @Test
  void evaluateWritesTheReportToTheFolderOfItsOption() throws IOException {
    Path out = folder.resolve("evaluated");

    Cli evaluated = Cli.run("evaluate", tiny.run(), tiny.store(), "--out", out);

    assertThat(evaluated.err()).isEmpty();
    assertThat(out.resolve("report.html")).isRegularFile();
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    Path page = TinyData.text(foreign.resolve("report.html"), "mine");
    assertFailed(Cli.run("evaluate", tiny.run(), tiny.store(), "--out", foreign), "report.html");
    assertThat(page).hasContent("mine");
  }

  @Test
  void evaluateWritesNoReportIntoAnotherPartOfTheRun() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), tiny.run().resolve("model"));

    for (Path out : List.of(tiny.run().resolve("model"), tiny.run(), shared, link)) {
      assertFailed(
          Cli.run("evaluate", tiny.run(), tiny.store(), "--out", out, "--overwrite"),
          out + ": belongs to the run ");
    }
    assertThat(tiny.run().resolve("model/report.html")).doesNotExist();
    Path own = tiny.run().resolve("report");
    assertThat(Cli.run("evaluate", tiny.run(), tiny.store(), "--out", own).err()).isEmpty();
  }

  @Test
  void namesTheFileThatBlocksAnOutput() {
    Path file = TinyData.text(folder.resolve("file"), "");

    Cli failed = Cli.run("predict", tiny.run(), tiny.store(), "--out", file.resolve("x.jsonl"));

    assertFailed(failed, file + " is a file, not a folder");
  }

  @Test
  void aFullDeviceIsReportedInOneLine() {
    Cli failed = Cli.run("predict", tiny.run(), tiny.store(), "--out", "/dev/full");

    assertFailed(failed, "/dev/full: cannot be written: No space left on device");
  }

  private static void assertFailed(Cli failed, String... reasons) {
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains(reasons).startsWith("mer: ").containsOnlyOnce("\n");
  }
}
