package dev.mer4j.cli;

import dev.mer4j.data.store.SegmentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs every command once in a process with the given default locale: {@code WholeChain LOCALE
 * COMMANDS}. Paths are relative, so that the output depends on the input only.
 */
final class WholeChain {
  private static final Path STORE = Path.of("mosei.store");

  private int commands;

  private WholeChain() {}

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(args[0]));
    WholeChain chain = new WholeChain();
    switch (args[1]) {
      case "everything" -> chain.everything();
      case "begin" -> chain.begin();
      case "resume" -> chain.resume();
      default -> throw new IllegalArgumentException(args[1]);
    }
  }

  private void everything() throws Exception {
    run("synth", "real-widths", "--videos", 3, "--pace", 0.05, "--layout", "GZIP");
    write();
    prepare();
    run("inspect", "mosei", "--html", "inspect.html");
    run("inspect", STORE, "--json");
    train(2);
    run("evaluate", "run", STORE, "--missing-grid");
    run("evaluate", "run", STORE, "--split", "VALID", "--json");
    run("predict", "run", STORE, "--out", "predictions.jsonl");
    run("predict", "run", STORE, "--available", "text,audio", "--out", "predictions.csv");
    try (SegmentStore store = SegmentStore.open(STORE)) {
      run("show", "mosei", "--", store.test().info(0).id());
      run("explain", "run", STORE, "--", store.test().info(0).id());
    }
    run("compare", "run", "run", STORE);
    run("export", "run", "--to", "safetensors", "--out", "exported.safetensors");
    run("export", "run", "--to", "onnx", "--out", "exported.onnx");
    run("import", "exported.onnx", "--out", "imported");
    run("compare", "run", "run", STORE, "--split", "VALID");
    run("train", "--help");
  }

  private void begin() throws Exception {
    write();
    prepare();
    train(1);
  }

  private void resume() throws Exception {
    run("train", STORE, "--out", "run", "--resume", "--epochs", 2);
  }

  /** Writes data with fixed modification times, because stores and inspections record them. */
  private static void write() throws IOException {
    try (Stream<Path> files = Files.walk(TinyData.write(Path.of("mosei")))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      }
    }
  }

  private void prepare() throws Exception {
    run("prepare", "mosei", "--out", STORE, "--truncate", "TAIL", "--unit", "SEGMENT", "--sha256");
  }

  private void train(int epochs) throws Exception {
    Path config = TinyData.config(Path.of("tiny.json"));
    run("train", STORE, "--out", "run", "--config", config, "--epochs", epochs, "--step-log");
  }

  private void run(Object... arguments) throws Exception {
    Cli ended = Cli.run(arguments);
    if (ended.status() != 0) {
      throw new AssertionError(List.of(arguments) + ": " + ended.err());
    }
    String name = String.format(Locale.ROOT, "%02d-%s.txt", ++commands, arguments[0]);
    // Help and errors have the line ends of the platform.
    String printed = (ended.out() + ended.err()).replace(System.lineSeparator(), "\n");
    Files.writeString(Path.of(name), printed);
  }
}
