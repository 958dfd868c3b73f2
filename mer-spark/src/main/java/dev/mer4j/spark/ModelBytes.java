package dev.mer4j.spark;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files of a model folder in memory, and the SHA-256 of all of them. */
final class ModelBytes implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String CONFIG = "config.json";
  private static final List<String> NAMES =
      List.of(CONFIG, "model.safetensors", "model.sha256", "provenance.json");

  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private final String sha256;

  /** Reads the files. */
  @FunctionalInterface
  interface Reader {
    /** Returns the content of a file; null if it does not exist. */
    byte @Nullable [] read(String name) throws IOException;
  }

  private ModelBytes(Reader reader) throws IOException {
    Sha256 digest = new Sha256();
    for (String name : NAMES) {
      byte @Nullable [] content = reader.read(name);
      if (content != null) {
        files.put(name, content);
        digest.put(name).put(Sha256.of(content));
      }
    }
    sha256 = digest.hex();
  }

  /**
   * Reads the files of a model folder.
   *
   * @param folder named in messages
   * @throws FileException if the configuration is missing or invalid; other problems are found when
   *     the model is loaded
   */
  static ModelBytes read(Path folder, Reader reader) throws IOException {
    ModelBytes read = new ModelBytes(reader);
    Path file = folder.resolve(CONFIG);
    if (!read.files.containsKey(CONFIG)) {
      throw new FileException(file, "does not exist; name the folder of a model");
    }
    try {
      read.config();
    } catch (FileException e) {
      throw new FileException(file, "is not a model's configuration: " + e.problem(), e);
    }
    return read;
  }

  /**
   * Reads a model folder.
   *
   * @throws FileException if a file cannot be read, or as {@link #read(Path, Reader)}
   */
  static ModelBytes read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new FileException(folder, "is not the folder of a model");
    }
    try {
      return read(
          folder,
          name -> {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readAllBytes(file) : null;
          });
    } catch (IOException e) {
      throw new FileException(folder, "cannot be read: " + IoReason.of(e), e);
    }
  }

  /** Returns the files by name. */
  Map<String, byte[]> files() {
    return Collections.unmodifiableMap(files);
  }

  String sha256() {
    return sha256;
  }

  /**
   * Returns the configuration of the model, without loading its parameters.
   *
   * @throws FileException if it is invalid, or another version of mer4j wrote it
   */
  ModelConfig config() {
    return unpacked(Set.of(CONFIG), ModelConfig::read);
  }

  /** Calls a function with a temporary folder that contains the files. */
  <T> T unpacked(Function<Path, T> function) {
    return unpacked(files.keySet(), function);
  }

  private <T> T unpacked(Set<String> names, Function<Path, T> function) {
    try {
      Path folder = Files.createTempDirectory("mer4j-model-");
      try {
        for (String name : names) {
          Files.write(folder.resolve(name), Objects.requireNonNull(files.get(name)));
        }
        return function.apply(folder);
      } finally {
        for (String name : names) {
          Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new MerException("cannot unpack the model: " + IoReason.of(e), e);
    }
  }
}
