package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tells the files of a preparation from any others. */
final class Sources {
  private Sources() {}

  /**
   * Looks at the labels and then the features, in the order of their names.
   *
   * @param hashed whether to read them for their SHA-256
   */
  static List<StoreInfo.Source> of(CsdFolder data, boolean hashed) {
    return Stream.concat(Stream.of(data.labels()), data.features().values().stream().sorted())
        .map(file -> of(file, hashed))
        .toList();
  }

  private static StoreInfo.Source of(Path file, boolean hashed) {
    try {
      return new StoreInfo.Source(
          file.getFileName().toString(),
          Files.size(file),
          Files.getLastModifiedTime(file).toString(),
          hashed ? Sha256.of(file) : null);
    } catch (IOException e) {
      throw new FileException(file, "cannot be looked at: " + IoReason.of(e), e);
    }
  }
}
