package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .csd} files of a folder, and the location of its folds.
 *
 * @param foldsFile null without folds
 */
record DataFolder(CsdFolder files, @Nullable Path foldsFile) {
  /**
   * Uses the given folds, or else those beside the files if they exist.
   *
   * @param path null if the options name every file
   * @param given the folds named by the options, or null
   */
  static DataFolder of(@Nullable Path path, FileOptions options, @Nullable Path given) {
    CsdFolder files = options.find(path);
    Path beside = path == null ? null : path.resolve(SyntheticMosei.FOLDS);
    boolean found = given == null && beside != null && Files.isDirectory(beside);
    return new DataFolder(files, found ? beside : given);
  }

  /**
   * Returns the files that a command reads: data, other sequences in the folder, and folds.
   *
   * @throws FileException if a folder cannot be listed
   */
  List<Path> inputs() {
    Set<Path> inputs = new LinkedHashSet<>(files.features().values());
    inputs.add(files.labels());
    for (Path file : List.copyOf(inputs)) {
      inputs.addAll(sequences(file.toAbsolutePath().getParent()));
    }
    if (foldsFile != null) {
      inputs.add(foldsFile);
      for (Split split : Split.values()) {
        inputs.add(foldsFile.resolve(split.key() + ".txt"));
      }
    }
    return List.copyOf(inputs);
  }

  private static List<Path> sequences(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".csd"))
          .toList();
    } catch (IOException e) {
      throw new FileException(folder, "cannot be listed: " + IoReason.of(e), e);
    }
  }

  Folds folds() {
    return foldsFile == null ? Folds.none() : Folds.read(foldsFile);
  }
}
