package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.data.Split;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.source.FeatureSource;
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
 * Files of features, and the location of their folds.
 *
 * @param foldsFile null without folds beside those that the files define
 */
record DataFolder(FeatureSource files, @Nullable Path foldsFile) {
  /**
   * Uses the given folds, or else those beside the files if they exist.
   *
   * @param path null if the options name every file
   * @param given the folds named by the options, or null
   */
  static DataFolder of(@Nullable Path path, FileOptions options, @Nullable Path given) {
    Path beside = path == null ? null : path.resolve(SyntheticMosei.FOLDS);
    boolean found = given == null && beside != null && Files.isDirectory(beside);
    Path folds = found ? beside : given;
    return new DataFolder(options.find(path, folds == null), folds);
  }

  /**
   * Returns the files that a command reads: data, other sequences in the folder, and folds.
   *
   * @throws FileException if a folder cannot be listed
   */
  List<Path> inputs() {
    Set<Path> inputs = new LinkedHashSet<>(files.files());
    Set<Path> folders = new LinkedHashSet<>();
    inputs.forEach(file -> folders.add(file.toAbsolutePath().getParent()));
    folders.forEach(folder -> inputs.addAll(sequences(folder)));
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
    return foldsFile == null ? files.folds() : Folds.read(foldsFile);
  }

  /** Returns a text with the source of the folds. */
  String foldsText() {
    if (foldsFile != null) {
      return foldsFile.toString();
    }
    return files.folds().isEmpty() ? "none; training needs --folds" : files.labels().toString();
  }
}
