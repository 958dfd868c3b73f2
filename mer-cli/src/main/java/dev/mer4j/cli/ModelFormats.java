package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import java.nio.file.Path;
import java.util.Locale;

/** The names of exported files. */
final class ModelFormats {
  static final String TENSORS = ".safetensors";
  static final String ONNX = ".onnx";

  private ModelFormats() {}

  /**
   * Returns the file of the configuration beside a file of tensors: the same name that ends in
   * .json.
   *
   * @param tensors a name that ends in {@value #TENSORS}
   */
  static Path config(Path tensors) {
    String name = tensors.getFileName().toString();
    return tensors.resolveSibling(name.substring(0, name.length() - TENSORS.length()) + ".json");
  }

  /** Returns whether the name of a file ends in a suffix. */
  static boolean isNamed(Path file, String suffix) {
    return String.valueOf(file.getFileName()).endsWith(suffix);
  }

  /**
   * Checks the name of a file.
   *
   * @throws ConfigException if it does not end in the suffix
   */
  static Path requireSuffix(String option, Path file, String suffix) {
    if (!isNamed(file, suffix)) {
      throw new ConfigException(
          String.format(Locale.ROOT, "%s must end in %s: %s", option, suffix, file));
    }
    return file;
  }
}
