package dev.mer4j.cli;

import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.synth.SyntheticMosei;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
   * @param path null if the options name all files
   * @param given null if none are
   */
  static DataFolder of(@Nullable Path path, FileOptions options, @Nullable Path given) {
    CsdFolder files = options.find(path);
    Path beside = path == null ? null : path.resolve(SyntheticMosei.FOLDS);
    boolean found = given == null && beside != null && Files.isDirectory(beside);
    return new DataFolder(files, found ? beside : given);
  }

  /** The files that a command reads: those of the data, and those of the folds. */
  List<Path> inputs() {
    List<Path> inputs = new ArrayList<>(files.features().values());
    inputs.add(files.labels());
    if (foldsFile != null) {
      inputs.add(foldsFile);
      for (Split split : Split.values()) {
        inputs.add(foldsFile.resolve(split.key() + ".txt"));
      }
    }
    return inputs;
  }

  Folds folds() {
    return foldsFile == null ? Folds.none() : Folds.read(foldsFile);
  }
}
