package dev.mer4j.file;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An output folder of files that this program writes as a whole: a reader never finds a mixture of
 * old and new files.
 *
 * <p>The new folder is written next to the old one, which it then replaces. A hidden file, {@code
 * .written-by-mer4j}, lists the written files. Other files of the old folder are kept. A file that
 * this program did not write, or that was changed since, is replaced only if overwriting is
 * allowed. An earlier output of another kind, without any of the new files' names, is never
 * replaced. A symbolic link to a folder is followed.
 */
public final class OutputFolder {
  private final Path path;
  private final boolean overwrite;

  private OutputFolder(Path path, boolean overwrite) {
    this.path = path;
    this.overwrite = overwrite;
  }

  /** Returns an output that does not overwrite. */
  public static OutputFolder of(Path path) {
    return new OutputFolder(path, false);
  }

  /** Returns a copy that may replace files that this program did not write. */
  public OutputFolder overwriting(boolean allowed) {
    return new OutputFolder(path, allowed);
  }

  /** Returns the path as given. */
  public Path path() {
    return path;
  }

  /**
   * Checks that these files may and can be written. Writes nothing, but completes the interrupted
   * swap of a killed process.
   *
   * @throws FileException if the path is a file, the folder cannot be written, a file that this
   *     program did not write would be replaced, or the folder is an output of another kind
   */
  public void require(Collection<String> names) {
    try {
      Path folder = folder();
      FolderSwap.recover(folder);
      requireReplaceable(folder, names);
    } catch (IOException e) {
      throw new FileException(path, "cannot be checked: " + IoReason.of(e), e);
    }
  }

  private Path folder() throws IOException {
    Target target = Target.of(path);
    if (target.kind() == Target.Kind.FILE || target.kind() == Target.Kind.STREAM) {
      throw new FileException(path, "cannot be written: it is a file; specify a folder");
    }
    Writability.require(path, target.path());
    return target.path();
  }

  private void requireReplaceable(Path folder, Collection<String> names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Manifest manifest = Manifest.read(folder);
    requireSameKind(folder, manifest.files().keySet(), names);
    if (overwrite) {
      return;
    }
    List<String> foreign = new ArrayList<>();
    for (String name : names) {
      Path file = folder.resolve(name);
      if (Files.exists(file) && !manifest.has(file)) {
        foreign.add(name);
      }
    }
    if (!foreign.isEmpty()) {
      throw new FileException(
          path,
          "contains files that this program did not write, or that were changed since: "
              + String.join(", ", foreign)
              + "; move them, or use --overwrite if the command has it");
    }
  }

  /** Checks that this program wrote at least one of these files, or none that is left. */
  private void requireSameKind(Path folder, Set<String> written, Collection<String> names) {
    List<String> left =
        written.stream().filter(name -> Files.exists(folder.resolve(name))).toList();
    if (!left.isEmpty() && !names.isEmpty() && Collections.disjoint(left, names)) {
      throw new FileException(
          path,
          "contains another output of this program: "
              + String.join(", ", left)
              + "; use another folder");
    }
  }

  /**
   * Writes the files and replaces all files that this program previously wrote here.
   *
   * @param contents the contents by file name
   * @throws FileException as {@link #require}, if another process is writing the folder, or if it
   *     cannot be written; the old files are unchanged then
   */
  public void write(Map<String, byte[]> contents) {
    require(contents.keySet());
    try {
      Path folder = folder();
      Files.createDirectories(folder.getParent());
      try (PartFile lock = AtomicFile.createExclusive(path, folder)) {
        new FolderSwap(folder, lock.path()).run(contents);
      }
    } catch (IOException e) {
      throw new FileException(
          path, "cannot be written: " + IoReason.of(e) + "; the partial folder was deleted", e);
    }
  }

  /** Lists a folder. */
  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
