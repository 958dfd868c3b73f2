package dev.mer4j.data.fold;

import dev.mer4j.FileException;
import dev.mer4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The split of every video. Immutable. */
public final class Folds {
  private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VALID, Split.TEST);

  private final Map<Split, Set<String>> videos;
  private final Map<String, Split> splits;

  private Folds(Map<Split, Set<String>> videos, Map<String, Split> splits) {
    this.videos = videos;
    this.splits = splits;
  }

  /** No folds: every video is in {@link Split#NONE}. */
  public static Folds none() {
    return new Folds(Map.of(), Map.of());
  }

  /**
   * Reads the folds from the SDK's Python file ({@code standard_train_fold = ['…', …]} and so on;
   * its lists are read, it is never run), or from a folder with {@code train.txt}, {@code
   * valid.txt} and {@code test.txt}, one id per line.
   *
   * @throws FileException if a fold is missing or empty, or a video is in two of them
   */
  public static Folds read(Path path) {
    Map<Split, Set<String>> videos = new EnumMap<>(Split.class);
    Map<String, Split> splits = new HashMap<>();
    for (Split split : SPLITS) {
      Set<String> ids = new LinkedHashSet<>(ids(path, split));
      if (ids.isEmpty()) {
        throw new FileException(path, "has no videos in the " + split.key() + " fold");
      }
      for (String id : ids) {
        Split other = splits.put(id, split);
        if (other != null) {
          throw new FileException(
              path,
              "video '%s' is in two folds, %s and %s; a model would be tested on what it learned"
                  .formatted(id, other.key(), split.key()));
        }
      }
      videos.put(split, Set.copyOf(ids));
    }
    return new Folds(videos, splits);
  }

  private static List<String> ids(Path path, Split split) {
    if (Files.isDirectory(path)) {
      Path list = path.resolve(split.key() + ".txt");
      return text(list).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
    return PythonList.read(path, text(path), "standard_" + split.key() + "_fold");
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new FileException(
          path,
          "cannot be read ("
              + e
              + "); folds are the SDK's Python file, or a folder with train.txt,"
              + " valid.txt and test.txt",
          e);
    }
  }

  /** The split of a video. */
  public Split of(String video) {
    return splits.getOrDefault(video, Split.NONE);
  }

  /** The ids of the videos in a split; empty for {@link Split#NONE}. */
  public Set<String> videos(Split split) {
    return videos.getOrDefault(split, Set.of());
  }

  /** Whether there is no video in any fold. */
  public boolean isEmpty() {
    return splits.isEmpty();
  }
}
