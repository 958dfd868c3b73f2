package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.SkippedFile;
import dev.mer4j.file.ReadFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the files, or folders of files, of modalities beside a table of segments by their names.
 *
 * @param table that is not a modality's file
 * @param given files of modalities; the others are found
 */
record ModalityFinder(Path folder, Path table, PerModality<Path> given) {
  private static final String LENGTHS = "_lengths";

  /** The other files of such a folder. */
  private static final Set<String> KNOWN = Set.of(TableSource.TABLE, "folds", "data.json");

  /**
   * Returns the files.
   *
   * @param skipped receives the other files of the folder
   * @throws FileException if two files could be the same modality
   */
  List<ModalityFile> find(List<SkippedFile> skipped) {
    Map<Modality, Path> found = new TreeMap<>(given.toMap());
    Map<Modality, Path> lengths = new TreeMap<>();
    for (Path child : candidates(folder)) {
      String name = child.getFileName().toString();
      String stem = Files.isDirectory(child) ? name : ModalityFile.stem(child);
      boolean isLengths = stem.endsWith(LENGTHS);
      Modality modality =
          ModalityKeys.of(isLengths ? stem.substring(0, stem.length() - LENGTHS.length()) : stem);
      if (KNOWN.contains(name)
          || same(table, child)
          || given.values().stream().anyMatch(path -> same(path, child))) {
        continue;
      }
      if (modality == null) {
        skipped.add(
            new SkippedFile(
                child,
                "unknown content: --modality NAME=" + folder.relativize(child) + " selects it"));
      } else if (isLengths) {
        lengths.put(modality, child);
      } else if (given.has(modality)) {
        skipped.add(new SkippedFile(child, "another file is given as " + modality.key()));
      } else {
        Path other = found.putIfAbsent(modality, child);
        if (other != null) {
          throw new FileException(
              folder,
              "has two files that could be "
                  + modality.key()
                  + ", "
                  + other.getFileName()
                  + " and "
                  + name
                  + "; select one with --modality "
                  + modality.key()
                  + "=FILE");
        }
      }
    }
    List<ModalityFile> files = new ArrayList<>();
    found.forEach((m, path) -> files.add(new ModalityFile(m, path, lengths.get(m))));
    return files;
  }

  private static boolean same(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  /** Returns the children of a folder; those of a child that has only folders instead of it. */
  private static List<Path> candidates(Path folder) {
    List<Path> candidates = new ArrayList<>();
    for (Path child : children(folder)) {
      List<Path> inner = Files.isDirectory(child) ? children(child) : List.of();
      boolean nested = !inner.isEmpty() && inner.stream().allMatch(Files::isDirectory);
      candidates.addAll(nested ? inner : List.of(child));
    }
    return candidates;
  }

  /**
   * Returns the visible children of a folder in the order of their names.
   *
   * @throws FileException if the folder cannot be listed
   */
  static List<Path> children(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new FileException(folder, ReadFailure.reason(folder, e), e);
    }
  }
}
