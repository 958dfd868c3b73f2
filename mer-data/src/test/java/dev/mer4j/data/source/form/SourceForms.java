package dev.mer4j.data.source.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** One synthetic data set in every form, as {@code src/test/python/source_forms.py} writes it. */
final class SourceForms {
  private SourceForms() {}

  static void unpack(Path folder) {
    try (InputStream resource =
            Objects.requireNonNull(SourceForms.class.getResourceAsStream("/sources/forms.zip"));
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
