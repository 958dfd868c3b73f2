package dev.mer4j.core;

import dev.mer4j.FileException;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.Sha256;
import dev.mer4j.file.Uninterrupted;
import dev.mer4j.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The SHA-256 of everything that a model's predictions depend on: the bytes of {@code config.json}
 * followed by those of {@code model.safetensors}. Stored in {@code model.sha256}, in the format of
 * {@code sha256sum}.
 */
final class ModelDigest {
  /** The shell command that writes the digest, run in the model's folder. */
  static final String COMMAND = "cat config.json model.safetensors | sha256sum > model.sha256";

  private static final String FILE = "model.sha256";
  private static final Pattern LINE = Pattern.compile("(?i)[0-9a-f]{64}(\\s.*)?\\s*");
  private static final int DIGITS = 64;
  private static final int MOST_BYTES = 1000;

  private final Path file;
  private final List<Path> content;

  ModelDigest(Path folder) {
    file = folder.resolve(FILE);
    content = List.of(folder.resolve(ModelFolder.CONFIG), folder.resolve(ModelFolder.TENSORS));
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Returns the digest's output file, which overwrites only another digest. */
  static OutputFile output(Path folder) {
    return OutputFile.of(folder.resolve(FILE), ModelDigest::isDigest);
  }

  private static boolean isDigest(Path file) throws IOException {
    return Files.size(file) <= MOST_BYTES && LINE.matcher(text(file)).matches();
  }

  private static String text(Path file) throws IOException {
    return new String(WholeFile.bytes(file), StandardCharsets.ISO_8859_1);
  }

  /** Computes and writes the digest of the current files. */
  void write() {
    output(file.getParent()).write(compute() + "  -\n");
  }

  /**
   * Verifies the files against the digest.
   *
   * @throws FileException if the digest is missing, malformed or does not match
   */
  void check() {
    if (!exists()) {
      throw new FileException(file, "no such file; " + remedy());
    }
    String expected = read();
    String found = compute();
    if (!expected.equals(found)) {
      throw new FileException(
          file,
          "SHA-256 mismatch: expected "
              + expected
              + ", found "
              + found
              + ": config.json or model.safetensors is corrupt or was changed; "
              + remedy());
    }
  }

  private static String remedy() {
    return "if both files are intended, run in this folder: " + COMMAND;
  }

  private String read() {
    try {
      if (isDigest(file)) {
        String line = text(file);
        return line.substring(0, DIGITS).toLowerCase(Locale.ROOT);
      }
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + IoReason.of(e), e);
    }
    throw new FileException(file, "is not a SHA-256; " + remedy());
  }

  private String compute() {
    return Uninterrupted.get(this::computeOnce);
  }

  private String computeOnce() {
    Sha256 sha256 = new Sha256();
    for (Path each : content) {
      try {
        sha256.put(each);
      } catch (IOException e) {
        throw new FileException(
            each, Files.exists(each) ? "cannot be read: " + IoReason.of(e) : "no such file", e);
      }
    }
    return sha256.hex();
  }
}
