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
 * Finds the video that an id in a fold file matches: the video of that name, or else the one whose
 * name differs only by the extension of a media file, a folder, the index of a segment, or case. A
 * prefix of a name does not match.
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
   * Returns the video with the id's name, ignoring extensions; null if none exists.
   *
   * @throws ConfigException if several videos match
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
   * Returns the video with the id's name, ignoring case; null if none exists.
   *
   * @throws ConfigException if several videos match
   */
  @Nullable String findIgnoringCase(String id) {
    return one(id, byLowerCase.getOrDefault(lower(plain(id)), Set.of()));
  }

  private static @Nullable String one(String id, Set<String> found) {
    if (found.size() > 1) {
      throw new ConfigException(
          "id '" + id + "' matches several videos: " + found + "; use the name in the label file");
    }
    return found.isEmpty() ? null : found.iterator().next();
  }

  /** Returns the id without folders, extensions and segment index. */
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
