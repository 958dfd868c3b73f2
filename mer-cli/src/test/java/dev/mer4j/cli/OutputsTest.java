package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.data.synth.SyntheticMosei;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** No command replaces an input, a part of a run, or a file that it did not write. */
class OutputsTest {
  @TempDir static Path shared;
  private static TinyRun tiny;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    tiny = TinyRun.train(shared);
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
    Path data = shared.resolve("data");
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
    Path data = TinyData.write(folder.resolve("data"));
    Path words = TinyData.text(data.resolve("words.csd"), "");
    CsdFolder files = CsdFolder.find(shared.resolve("data"));
    Path labels = data.resolve("CMU_MOSEI_Labels.csd");

    assertThat(
            new DataFolder(new CsdSource(new CsdFolder(labels, files.features())), null).inputs())
        .contains(words, labels);
  }

  @Test
  void prepareReplacesAStoreButNothingElse() throws IOException {
    Path data = shared.resolve("data");
    Path store = folder.resolve("x.store");
    assertThat(Cli.run("prepare", data, "--out", store).status()).isZero();
    assertThat(Cli.run("prepare", data, "--out", store).status()).isZero();
    TinyData.text(store, "thesis");

    assertFailed(Cli.run("prepare", data, "--out", store), "x.store: exists, and is not");
    assertThat(store).hasContent("thesis");
    assertThat(Cli.run("prepare", data, "--out", store, "--overwrite").status()).isZero();
    assertThat(store).hasSameBinaryContentAs(tiny.store());
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
  void inspectNeverReplacesItsInput() throws IOException {
    Path labels = shared.resolve("data/CMU_MOSEI_Labels.csd");
    byte[] before = Files.readAllBytes(labels);

    Cli refused = Cli.run("inspect", shared.resolve("data"), "--html", labels, "--overwrite");

    assertFailed(refused, "CMU_MOSEI_Labels.csd: would replace the input");
    assertThat(labels).hasBinaryContent(before);
  }

  @Test
  void inspectReplacesItsOwnPageOnly() {
    Path data = shared.resolve("data");
    Path page = folder.resolve("page.html");
    assertThat(Cli.run("inspect", data, "--html", page).status()).isZero();
    assertThat(Cli.run("inspect", data, "--html", page).status()).isZero();
    TinyData.text(page, "<html>my home page</html>");

    assertFailed(Cli.run("inspect", data, "--html", page), "page.html: exists, and is not");
    assertThat(page).hasContent("<html>my home page</html>");
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

  @Test
  void closedStandardOutputIsAFailure() {
    StringWriter err = new StringWriter();
    PrintWriter full = new PrintWriter(new FullStream(), false, StandardCharsets.UTF_8);
    CommandLine line = Mer.commandLine().setOut(full).setErr(new PrintWriter(err));

    int status = line.execute("inspect", tiny.store().toString(), "--json");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("mer: standard output is closed or full; some of the output is lost\n");
  }

  @Test
  void escapesTerminalControlCharacters() {
    Cli failed = Cli.run("explain", tiny.run(), tiny.store(), "\u001b[2J\u202e\u009bx[0]");
    Cli missing = Cli.run("inspect", folder.resolve("\u001b]0;title\u0007"));

    assertFailed(failed, "has no segment \\u001b[2J\\u202e\\u009bx[0]");
    assertThat(missing.err()).contains("\\u001b]0;title\\u0007").doesNotContain("\u001b");
    assertThat(Printable.lines("a\tb\nc\r\u007f\ud800")).isEqualTo("a\tb\nc\\u000d\\u007f\\ud800");
    assertThat(Printable.line("Grüße, 漢字 😀\n")).isEqualTo("Grüße, 漢字 😀\\u000a");
  }

  private static void assertFailed(Cli failed, String... reasons) {
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains(reasons).startsWith("mer: ").containsOnlyOnce("\n");
  }

  private static final class FullStream extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
