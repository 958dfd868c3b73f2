package dev.mer4j.data.csd;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which file holds the labels, and which each modality.
 *
 * @param labels a sequence of 6 or 7 columns
 * @param features at least one
 */
public record CsdFolder(Path labels, Map<Modality, Path> features) {
  private static final List<String> SUBFOLDERS =
      List.of("labels", "languages", "acoustics", "visuals");

  public CsdFolder {
    if (features.isEmpty()) {
      throw new ConfigException(
          "data: no file of features beside the labels " + labels + "; give at least one modality");
    }
    features = Map.copyOf(features);
  }

  /**
   * Finds the files in a folder and in its subfolders {@code labels}, {@code languages}, {@code
   * acoustics} and {@code visuals}, whatever they are called: by the names of their root groups,
   * then by their own names, then by their numbers. Files of words are passed over.
   *
   * @throws FileException if the folder has no labels or no features, if two files could be the
   *     same thing, or if a file is damaged
   */
  public static CsdFolder find(Path folder) {
    return find(folder, null, Map.of());
  }

  /**
   * Finds the files that are not given.
   *
   * @param labels null to find them
   * @param given files of features, which may lie anywhere
   * @throws FileException as {@link #find(Path)}, for what is not given
   */
  public static CsdFolder find(Path folder, @Nullable Path labels, Map<Modality, Path> given) {
    if (labels != null && given.size() == Modality.COUNT) {
      return new CsdFolder(labels, given);
    }
    List<Candidate> candidates = candidates(folder);
    Path found =
        labels != null
            ? labels
            : one(folder, "labels", candidates.stream().filter(Candidate::labels).toList());
    if (found == null) {
      throw new FileException(
          folder, "has no file of labels (6 or 7 columns) among " + describe(candidates));
    }
    Map<Modality, Path> features = new EnumMap<>(Modality.class);
    features.putAll(given);
    for (Modality modality : Modality.values()) {
      if (!given.containsKey(modality)) {
        Path file =
            one(
                folder,
                modality.key() + " features",
                candidates.stream().filter(c -> c.modality() == modality).toList());
        if (file != null) {
          features.put(modality, file);
        }
      }
    }
    if (features.isEmpty()) {
      throw new FileException(folder, "has labels but no features among " + describe(candidates));
    }
    return new CsdFolder(found, features);
  }

  private static List<Candidate> candidates(Path folder) {
    List<Candidate> candidates = new ArrayList<>();
    for (Path file : files(folder)) {
      try (CsdFile csd = CsdFile.open(file)) {
        Candidate candidate = Candidate.of(csd);
        if (candidate != null) {
          candidates.add(candidate);
        }
      } catch (FileException e) {
        // A file of another name may be HDF5 for other reasons.
        if (isCsd(file)) {
          throw e;
        }
      }
    }
    return candidates;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new FileException(folder, "is not a folder; give the one that holds the .csd files");
    }
    List<Path> files = new ArrayList<>();
    List<Path> folders = new ArrayList<>(List.of(folder));
    SUBFOLDERS.forEach(name -> folders.add(folder.resolve(name)));
    for (Path each : folders) {
      if (Files.isDirectory(each)) {
        try (Stream<Path> list = Files.list(each)) {
          list.filter(CsdFolder::possible).sorted().forEach(files::add);
        } catch (IOException e) {
          throw new FileException(each, "cannot be listed: " + e.getMessage(), e);
        }
      }
    }
    if (files.isEmpty()) {
      throw new FileException(folder, "has no .csd files");
    }
    return files;
  }

  private static boolean possible(Path file) {
    return isCsd(file) || HdfPreamble.isHdf5(file);
  }

  private static boolean isCsd(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csd");
  }

  private static @Nullable Path one(Path folder, String what, List<Candidate> possible) {
    List<Candidate> named = possible.stream().filter(Candidate::named).toList();
    List<Candidate> candidates = named.isEmpty() ? possible : named;
    if (candidates.size() > 1) {
      throw new FileException(
          folder,
          "has %d files that could be %s: %s; say which one to take"
              .formatted(candidates.size(), what, describe(candidates)));
    }
    return candidates.isEmpty() ? null : candidates.get(0).path();
  }

  private static String describe(List<Candidate> candidates) {
    return candidates.stream()
        .map(
            c ->
                "%s (root '%s', %d columns)".formatted(c.path().getFileName(), c.root(), c.width()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
