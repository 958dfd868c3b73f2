package dev.mer4j.cli;

import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.synth.SyntheticMosei;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder of {@code .csd} files, and where its folds are.
 *
 * @param foldsFile null if there are none
 */
record DataFolder(Path path, @Nullable Path foldsFile) {
  /**
   * Takes the folds that lie beside the files, if there are any and no others are given.
   *
   * @param given null if none are
   */
  static DataFolder of(Path path, @Nullable Path given) {
    Path beside = path.resolve(SyntheticMosei.FOLDS);
    return new DataFolder(path, given == null && Files.isDirectory(beside) ? beside : given);
  }

  CsdFolder files() {
    return CsdFolder.find(path);
  }

  Folds folds() {
    return foldsFile == null ? Folds.none() : Folds.read(foldsFile);
  }
}
