package dev.mer4j.cli;

import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.synth.SyntheticMosei;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .csd} files of a folder, and where its folds are.
 *
 * @param foldsFile null if there are none
 */
record DataFolder(CsdFolder files, @Nullable Path foldsFile) {
  /**
   * Takes the folds that lie beside the files, if there are any and no others are given.
   *
   * @param given null if none are
   */
  static DataFolder of(Path path, FileOptions options, @Nullable Path given) {
    Path beside = path.resolve(SyntheticMosei.FOLDS);
    return new DataFolder(
        options.find(path), given == null && Files.isDirectory(beside) ? beside : given);
  }

  Folds folds() {
    return foldsFile == null ? Folds.none() : Folds.read(foldsFile);
  }
}
