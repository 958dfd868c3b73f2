package dev.mer4j.data.fold;

import dev.mer4j.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the video that an id in a fold file means: the one of that name, or else the one whose name
 * differs only by the ending of a media file, a folder, the index of a segment, or by upper and
 * lower case. An id that is the beginning of another is another id.
 */
final class VideoNames {
  private static final Pattern DECORATION =
      Pattern.compile(
          "\\[\\d{1,9}]$|\\.(?:mp4|m4v|mov|avi|mkv|webm|flv|mpe?g|wav|mp3|m4a|aac|flac|ogg|opus"
              + "|csv|txt|npy|npz|json)$",
          Pattern.CASE_INSENSITIVE);

  private final Set<String> videos;
  private final Map<String, Set<String>> byPlainName = new HashMap<>();
  private final Map<String, Set<String>> byLowerCase = new HashMap<>();

  VideoNames(Set<String> videos) {
    this.videos = videos;
    for (String video : videos) {
      String plain = plain(video);
      byPlainName.computeIfAbsent(plain, unseen -> new TreeSet<>()).add(video);
      byLowerCase.computeIfAbsent(lower(plain), unseen -> new TreeSet<>()).add(video);
    }
  }

  /**
   * Returns the video with the id's name, whatever its ending; null if there is none.
   *
   * @throws ConfigException if several could be meant
   */
  @Nullable String find(String id) {
    String plain = plain(id);
    for (String exact : List.of(id, plain)) {
      if (videos.contains(exact)) {
        return exact;
      }
    }
    return one(id, byPlainName.getOrDefault(plain, Set.of()));
  }

  /**
   * Returns the video with the id's name in any case; null if there is none.
   *
   * @throws ConfigException if several could be meant
   */
  @Nullable String findIgnoringCase(String id) {
    return one(id, byLowerCase.getOrDefault(lower(plain(id)), Set.of()));
  }

  private static @Nullable String one(String id, Set<String> found) {
    if (found.size() > 1) {
      throw new ConfigException(
          "id '" + id + "' could be any of the videos " + found + "; write it as the labels do");
    }
    return found.isEmpty() ? null : found.iterator().next();
  }

  /** Returns the id without folders, endings and segment index. */
  static String plain(String id) {
    String plain = id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf('\\')) + 1);
    while (true) {
      String shorter = DECORATION.matcher(plain).replaceFirst("");
      if (shorter.isEmpty() || shorter.equals(plain)) {
        return plain.isEmpty() ? id : plain;
      }
      plain = shorter;
    }
  }

  private static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
