package dev.mer4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts paths to the texts of a {@link DataConfig} and back: {@code {data}/gaze.npy} for a path
 * inside DATA, otherwise relative to the folder of the configuration. Texts are absolute only if no
 * relative path exists, as between two drives of Windows.
 *
 * @param folder of the configuration
 * @param data the parameter DATA; null without it
 */
record DataPaths(Path folder, @Nullable Path data) {
  private static final String INSIDE = "{data}/";

  /** Returns whether a text is a path inside DATA. */
  static boolean isInside(String text) {
    return text.startsWith(INSIDE);
  }

  /** Returns the text of a path. */
  String text(Path path) {
    Path real = real(path);
    if (data != null && !path.equals(data) && real.startsWith(target(data))) {
      return INSIDE + slashes(target(data).relativize(real));
    }
    Path base = real(folder);
    boolean sameRoot = real.getRoot() != null && real.getRoot().equals(base.getRoot());
    return sameRoot ? slashes(base.relativize(real)) : real.toString();
  }

  /** Returns the path of a text. */
  Path path(String text) {
    Path base = isInside(text) && data != null ? data : real(folder);
    return base.resolve(isInside(text) ? text.substring(INSIDE.length()) : text).normalize();
  }

  /** Returns an absolute path whose folders are not symbolic links; the last name may be one. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null || !Files.isDirectory(parent)) {
      return absolute;
    }
    try {
      return parent.toRealPath().resolve(name);
    } catch (IOException e) {
      return absolute;
    }
  }

  /** Returns the folder that a path is, or that it is a symbolic link to. */
  private static Path target(Path folder) {
    try {
      return Files.isDirectory(folder) ? folder.toRealPath() : real(folder);
    } catch (IOException e) {
      return real(folder);
    }
  }

  private static String slashes(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }
}
