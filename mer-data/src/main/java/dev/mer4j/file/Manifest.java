package dev.mer4j.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The names and SHA-256 of the files that this program wrote into a folder, stored in a hidden file
 * that {@code sha256sum -c} reads.
 */
record Manifest(Map<String, String> files) {
  static final String NAME = ".written-by-mer4j";

  private static final int DIGITS = 64;

  static Manifest of(Map<String, byte[]> contents) {
    Map<String, String> files = new TreeMap<>();
    contents.forEach((name, bytes) -> files.put(name, Sha256.of(bytes)));
    return new Manifest(files);
  }

  /** Reads the manifest of a folder; empty if none exists. */
  static Manifest read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    Map<String, String> files = new TreeMap<>();
    if (Files.isRegularFile(file)) {
      for (String line : WholeFile.lines(file)) {
        if (line.length() > DIGITS + 2) {
          files.put(line.substring(DIGITS + 2), line.substring(0, DIGITS));
        }
      }
    }
    return new Manifest(files);
  }

  byte[] encode() {
    return files.entrySet().stream()
        .map(file -> file.getValue() + "  " + file.getKey() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Returns whether a file is unchanged since this program wrote it. */
  boolean has(Path file) throws IOException {
    String name = file.getFileName().toString();
    return name.equals(NAME)
        || (Files.isRegularFile(file) && Sha256.of(file).equals(files.get(name)));
  }
}
