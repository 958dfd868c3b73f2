package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Creates the records that identify the source files of a store. */
final class Sources {
  private Sources() {}

  /**
   * Returns the records of all files, in the order of the source.
   *
   * @param hashed whether to compute their SHA-256
   */
  static List<StoreInfo.Source> of(FeatureSource data, boolean hashed) {
    return data.files().stream().map(file -> of(file, hashed)).toList();
  }

  private static StoreInfo.Source of(Path file, boolean hashed) {
    try {
      return new StoreInfo.Source(
          file.getFileName().toString(),
          Files.size(file),
          Files.getLastModifiedTime(file).toString(),
          hashed ? Sha256.of(file) : null);
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + IoReason.of(e), e);
    }
  }
}
