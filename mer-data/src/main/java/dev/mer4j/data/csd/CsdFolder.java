package dev.mer4j.data.csd;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a data set: the labels and the features of each modality.
 *
 * @param labels a sequence of 6 or 7 columns; without labels the features whose entries are the
 *     segments
 * @param features at least one file
 * @param skipped the other files of the folder
 */
public record CsdFolder(Path labels, PerModality<Path> features, List<SkippedFile> skipped) {
  public CsdFolder {
    if (features.isEmpty()) {
      throw new ConfigException(
          "data: no feature file for the labels " + labels + "; specify at least one modality");
    }
    features = features.sorted();
    skipped = List.copyOf(skipped);
  }

  /** Returns whether there is a file of labels. */
  public boolean isLabeled() {
    return !features.values().contains(labels);
  }

  /** Uses the given files without a folder. */
  public CsdFolder(Path labels, PerModality<Path> features) {
    this(labels, features, List.of());
  }

  /** Returns whether a file is HDF5, as computational sequences are. */
  public static boolean isHdf5(Path file) {
    return HdfPreamble.isHdf5(file);
  }

  /**
   * Finds the files in a folder and in its subfolders {@code labels}, {@code language}, {@code
   * acoustic} and {@code visual}, or {@code languages}, {@code acoustics} and {@code visuals}. The
   * files are identified by the names of their root groups, then by the file names, by the names of
   * the subfolders, and then by their numbers. If exactly one file remains unidentified and exactly
   * one modality has no file, that file is used for it. All other files, including files of words,
   * are in {@link #skipped}. Without a file of labels, the entries of the first of text, audio and
   * visual define segments without labels.
   *
   * @throws FileException if the folder cannot be listed, has no features, if several files match
   *     the same role, or if a file is damaged
   */
  public static CsdFolder find(Path folder) {
    return find(folder, null, PerModality.of());
  }

  /**
   * Finds the files that are not given.
   *
   * @param labels the label file; null to find it
   * @param given feature files, which may be outside the folder
   * @throws FileException as {@link #find(Path)}, for the files that are not given
   */
  public static CsdFolder find(Path folder, @Nullable Path labels, PerModality<Path> given) {
    if (labels != null && given.modalities().containsAll(Modality.MOSEI)) {
      return new CsdFolder(labels, given);
    }
    return new FileChoice(folder, CsdListing.of(folder), labels, given).choose();
  }
}
