package dev.mer4j.data.segment;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How to treat segments that lack a modality of the data set. */
public enum IncompletePolicy {
  /** Keeps them, with the modality absent. */
  KEEP,
  /** Omits these segments, as the SDK's {@code hard_unify} does. */
  DROP_SEGMENT,
  /**
   * Omits all segments of a video that has no rows of a modality, as the SDK's {@code align} does.
   */
  DROP_VIDEO;

  /** The name in options, such as {@code drop-segment}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the policy with this key.
   *
   * @throws ConfigException if no policy has this key
   */
  public static IncompletePolicy of(String key) {
    for (IncompletePolicy rule : values()) {
      if (rule.key().equals(key)) {
        return rule;
      }
    }
    throw new ConfigException(
        String.format(
            Locale.ROOT,
            "unknown policy for incomplete segments '%s': use keep, drop-segment or drop-video",
            key));
  }

  /**
   * Returns the segments to keep.
   *
   * @param video all segments of one video
   * @param modalities the modalities of the data set
   */
  public List<RawSegment> apply(List<RawSegment> video, Collection<Modality> modalities) {
    Set<Modality> seen = new HashSet<>();
    video.forEach(segment -> seen.addAll(segment.rows().modalities()));
    return switch (this) {
      case KEEP -> video;
      case DROP_SEGMENT ->
          video.stream().filter(s -> s.rows().modalities().containsAll(modalities)).toList();
      case DROP_VIDEO -> seen.containsAll(modalities) ? video : List.of();
    };
  }
}
