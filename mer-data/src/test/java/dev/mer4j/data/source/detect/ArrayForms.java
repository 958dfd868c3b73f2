package dev.mer4j.data.source.detect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files that src/test/python/array_forms.py wrote. */
final class ArrayForms {
  static final List<String> ARCHIVES = List.of("arrays.zip", "arrays-numpy2.zip");
  private static final Path FOLDER = Path.of("src/test/resources/arrays");

  private ArrayForms() {}

  /** Unpacks an archive into a folder and returns its files, less what is expected of them. */
  static List<Path> unpack(String archive, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    try (InputStream in = Files.newInputStream(FOLDER.resolve(archive));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.copy(zip, file);
        if (!entry.getName().endsWith(".json")) {
          files.add(file);
        }
      }
    }
    return files;
  }
}
