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
  private static final Map<Modality, List<String>> HINTS =
      Map.of(
          Modality.TEXT, List.of("glove", "wordvector", "bert"),
          Modality.AUDIO, List.of("covarep", "covareap", "coavarep", "acoustic"),
          Modality.VISUAL, List.of("openface", "facet", "visual"));

  public CsdFolder {
    if (features.isEmpty()) {
      throw new ConfigException(
          "data: no file of features beside the labels " + labels + "; give at least one modality");
    }
    features = Map.copyOf(features);
  }

  /**
   * Finds the files in a folder and in its subfolders {@code labels}, {@code languages}, {@code
   * acoustics} and {@code visuals}, by their content and the names of their root groups before
   * their own names. Files of words are passed over.
   *
   * @throws FileException if the folder has no labels or no features, if two files could be the
   *     same thing, or if a file is damaged
   */
  public static CsdFolder find(Path folder) {
    List<Candidate> candidates = new ArrayList<>();
    for (Path file : files(folder)) {
      try (CsdFile csd = CsdFile.open(file)) {
        Candidate candidate = Candidate.of(csd);
        if (candidate != null) {
          candidates.add(candidate);
        }
      }
    }
    Path labels = one(folder, "labels", candidates.stream().filter(Candidate::labels).toList());
    if (labels == null) {
      throw new FileException(
          folder, "has no file of labels (6 or 7 columns) among " + describe(candidates));
    }
    Map<Modality, Path> features = new EnumMap<>(Modality.class);
    for (Modality modality : Modality.values()) {
      Path file =
          one(
              folder,
              modality.key() + " features",
              candidates.stream().filter(c -> c.modality() == modality).toList());
      if (file != null) {
        features.put(modality, file);
      }
    }
    if (features.isEmpty()) {
      throw new FileException(folder, "has labels but no features among " + describe(candidates));
    }
    return new CsdFolder(labels, features);
  }

  /** A file that is a computational sequence of numbers. */
  private record Candidate(Path path, String root, int width, boolean labels, String names) {
    static @Nullable Candidate of(CsdFile csd) {
      EntryShape shape = null;
      for (String video : csd.videos()) {
        shape = csd.shape(video);
        if (shape.rows() > 0) {
          break;
        }
      }
      if (shape == null || shape.text()) {
        return null;
      }
      String root = plain(csd.root());
      String file = plain(csd.path().getFileName().toString());
      boolean labels =
          (shape.width() == 6 || shape.width() == 7)
              && (root.contains("label") || file.contains("label"));
      return new Candidate(csd.path(), csd.root(), shape.width(), labels, root + " " + file);
    }

    @Nullable Modality modality() {
      if (labels) {
        return null;
      }
      // A root name is more to be trusted than a file name, so it is looked at first.
      for (String name : names.split(" ", -1)) {
        for (Modality modality : Modality.values()) {
          if (HINTS.getOrDefault(modality, List.of()).stream().anyMatch(name::contains)) {
            return modality;
          }
        }
      }
      return null;
    }

    private static String plain(String name) {
      return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
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
          list.filter(file -> file.getFileName().toString().endsWith(".csd"))
              .sorted()
              .forEach(files::add);
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

  private static @Nullable Path one(Path folder, String what, List<Candidate> candidates) {
    if (candidates.size() > 1) {
      throw new FileException(
          folder,
          "has %d files that could be %s: %s; move all but one away, or name the files one by one"
              .formatted(candidates.size(), what, describe(candidates)));
    }
    return candidates.isEmpty() ? null : candidates.get(0).path();
  }

  private static String describe(List<Candidate> candidates) {
    return candidates.stream()
        .map(c -> "%s (root '%s', %d columns)".formatted(c.path().getFileName(), c.root, c.width))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
