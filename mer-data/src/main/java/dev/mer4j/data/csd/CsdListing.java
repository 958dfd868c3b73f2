package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.file.ReadFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a folder and of its subfolders that may hold computational sequences.
 *
 * @param candidates the files of numbers
 * @param skipped the HDF5 files that are not features, with the reason
 */
record CsdListing(List<Candidate> candidates, List<SkippedFile> skipped) {
  private static final Set<String> SUBFOLDERS =
      new TreeSet<>(
          List.of("labels", "language", "languages", "acoustic", "acoustics", "visual", "visuals"));

  /**
   * Examines the files of a folder.
   *
   * @throws FileException if the folder cannot be listed or has no such files, or if a {@code .csd}
   *     file is damaged
   */
  static CsdListing of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new FileException(folder, notAFolder(folder));
    }
    CsdListing listing = new CsdListing(new ArrayList<>(), new ArrayList<>());
    listing.addFiles(folder, "");
    for (Path child : children(folder)) {
      String name = child.getFileName().toString().toLowerCase(Locale.ROOT);
      if (SUBFOLDERS.contains(name) && Files.isDirectory(child)) {
        listing.addFiles(child, name);
      }
    }
    if (listing.candidates.isEmpty() && listing.skipped.isEmpty()) {
      throw new FileException(
          folder,
          "has no .csd files, nor do its subfolders "
              + String.join(", ", SUBFOLDERS)
              + "; specify the folder that contains them, a folder with segments.csv, or a file of"
              + " features such as a pickle of MMSA");
    }
    return listing;
  }

  private static String notAFolder(Path path) {
    if (!Files.exists(path) && !Files.notExists(path)) {
      return ReadFailure.noPermission(path);
    }
    return (Files.exists(path) ? "is a file, not a folder" : "does not exist")
        + "; specify the folder that contains the .csd files";
  }

  private void addFiles(Path folder, String subfolder) {
    for (Path file : children(folder)) {
      if (isCsd(file) || HdfPreamble.isHdf5(file)) {
        add(file, subfolder);
      } else if (Files.isRegularFile(file) && !Files.isReadable(file)) {
        skipped.add(new SkippedFile(file, ReadFailure.noPermission(file)));
      }
    }
  }

  private void add(Path file, String subfolder) {
    try (CsdFile csd = CsdFile.open(file)) {
      Candidate candidate = Candidate.of(csd, subfolder);
      if (candidate == null) {
        skipped.add(SkippedFile.ofWords(file));
      } else {
        candidates.add(candidate);
      }
    } catch (FileException e) {
      // A file with another extension may be an unrelated HDF5 file.
      if (isCsd(file)) {
        throw e;
      }
      skipped.add(new SkippedFile(file, e.problem()));
    }
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.sorted().toList();
    } catch (IOException e) {
      throw new FileException(folder, ReadFailure.reason(folder, e), e);
    }
  }

  private static boolean isCsd(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csd");
  }

  /** Returns a description of all candidates, for messages. */
  static String describe(List<Candidate> candidates) {
    return candidates.stream()
        .map(Candidate::description)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
