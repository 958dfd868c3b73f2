package dev.mer4j.data.fold;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An immutable assignment of videos to splits. */
public final class Folds {
  /** The splits of folds. */
  public static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VALID, Split.TEST);

  private final @Nullable Path source;
  private final Map<Split, Set<String>> videos = new EnumMap<>(Split.class);
  private final Map<String, Split> splits = new HashMap<>();

  private Folds(@Nullable Path source) {
    this.source = source;
  }

  /** Returns empty folds: every video is in {@link Split#NONE}. */
  public static Folds none() {
    return new Folds(null);
  }

  /**
   * Returns the folds of these videos.
   *
   * @param source named in messages
   * @throws FileException if a video is in two folds
   */
  public static Folds of(Path source, Map<Split, ? extends Set<String>> videos) {
    Folds folds = new Folds(source);
    for (Split split : SPLITS) {
      Set<String> ids = videos.get(split);
      if (ids != null) {
        ids.forEach(id -> folds.add(source, id, id, split));
      }
    }
    return folds;
  }

  /**
   * Reads the folds from the SDK's Python file ({@code standard_train_fold = ['…', …]} and so on;
   * the file is parsed, never run), or from a folder with {@code train.txt}, {@code valid.txt} and
   * {@code test.txt}. These contain ids, one per line or separated by commas, optionally quoted,
   * with comments after {@code #}, or a Python list. The encoding is UTF-8 or UTF-16.
   *
   * @throws FileException if a fold is missing or empty, or a video is in two of them
   */
  public static Folds read(Path path) {
    Folds folds = new Folds(path);
    for (Split split : SPLITS) {
      List<String> ids = ids(path, split);
      if (ids.isEmpty()) {
        throw new FileException(path, "has no videos in the " + split.key() + " fold");
      }
      ids.forEach(id -> folds.add(path, id, id, split));
    }
    return folds;
  }

  private static List<String> ids(Path path, Split split) {
    if (Files.isDirectory(path)) {
      Path list = path.resolve(split.key() + ".txt");
      return IdList.read(list, FoldText.read(list));
    }
    return PythonList.read(path, FoldText.read(path), "standard_" + split.key() + "_fold");
  }

  /**
   * Returns these folds with the ids replaced by the matching video names. An id matches the video
   * of the same name. Otherwise it matches the name that differs only by an extension such as
   * {@code .mp4}, a folder or a segment's {@code [index]}. Otherwise it matches the name that also
   * differs in case, unless another id matches that name exactly. All other ids are unchanged.
   *
   * @param names the names of all videos
   * @throws FileException if an id matches several videos, or a video is in two folds
   */
  public Folds matchedTo(Set<String> names) {
    if (source == null) {
      return this;
    }
    VideoNames known = new VideoNames(names);
    Map<String, String> found = new HashMap<>();
    try {
      for (String id : splits.keySet()) {
        String video = known.find(id);
        if (video != null) {
          found.put(id, video);
        }
      }
      Set<String> exact = new HashSet<>(found.values());
      for (String id : splits.keySet()) {
        String video = found.containsKey(id) ? null : known.findIgnoringCase(id);
        if (video != null && !exact.contains(video)) {
          found.put(id, video);
        }
      }
    } catch (ConfigException e) {
      throw new FileException(source, String.valueOf(e.getMessage()), e);
    }
    Folds matched = new Folds(source);
    for (Split split : SPLITS) {
      for (String id : videos(split)) {
        matched.add(source, id, found.getOrDefault(id, id), split);
      }
    }
    return matched;
  }

  private void add(Path path, String id, String video, Split split) {
    Split other = splits.putIfAbsent(video, split);
    if (other != null && other != split) {
      throw new FileException(
          path,
          String.format(
              Locale.ROOT,
              "video '%s'%s is in two folds, %s and %s; folds must be disjoint",
              video,
              id.equals(video) ? "" : " (as '" + id + "')",
              other.key(),
              split.key()));
    }
    videos.computeIfAbsent(split, unseen -> new LinkedHashSet<>()).add(video);
  }

  /** Returns the split of a video. */
  public Split of(String video) {
    return splits.getOrDefault(video, Split.NONE);
  }

  /**
   * Returns the ids of the videos in a split, in the order of the file; empty for {@link
   * Split#NONE}.
   */
  public Set<String> videos(Split split) {
    Set<String> ids = videos.get(split);
    return ids == null ? Set.of() : Collections.unmodifiableSet(ids);
  }

  /** Returns whether all folds are empty. */
  public boolean isEmpty() {
    return splits.isEmpty();
  }
}
