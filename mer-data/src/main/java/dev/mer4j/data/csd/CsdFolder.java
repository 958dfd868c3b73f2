package dev.mer4j.data.csd;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which file holds the labels, and which each modality.
 *
 * @param labels a sequence of 6 or 7 columns
 * @param features at least one
 * @param skipped files of the folder that are none of these
 */
public record CsdFolder(Path labels, PerModality<Path> features, List<SkippedFile> skipped) {
  public CsdFolder {
    if (features.isEmpty()) {
      throw new ConfigException(
          "data: no file of features beside the labels " + labels + "; give at least one modality");
    }
    features = features.sorted();
    skipped = List.copyOf(skipped);
  }

  /** Takes these files, and no folder. */
  public CsdFolder(Path labels, PerModality<Path> features) {
    this(labels, features, List.of());
  }

  /**
   * Finds the files in a folder and in its subfolders {@code labels}, {@code language}, {@code
   * acoustic} and {@code visual}, or {@code languages}, {@code acoustics} and {@code visuals},
   * whatever they are called: by the names of their root groups, then by their own names, by those
   * of the subfolders, and then by their numbers. A file that nothing tells is taken if it is the
   * only one, and a single modality has no other. All others are in {@link #skipped}, as are files
   * of words.
   *
   * @throws FileException if the folder cannot be listed, has no labels or no features, if two
   *     files could be the same thing, or if a file is damaged
   */
  public static CsdFolder find(Path folder) {
    return find(folder, null, PerModality.of());
  }

  /**
   * Finds the files that are not given.
   *
   * @param labels null to find them
   * @param given files of features, which may lie anywhere
   * @throws FileException as {@link #find(Path)}, for what is not given
   */
  public static CsdFolder find(Path folder, @Nullable Path labels, PerModality<Path> given) {
    if (labels != null && given.size() == Modality.COUNT) {
      return new CsdFolder(labels, given);
    }
    return new FileChoice(folder, CsdListing.of(folder), labels, given).choose();
  }
}
