package dev.mer4j.data.segment;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What becomes of segments that lack a modality which the data have. */
public enum IncompletePolicy {
  /** They stay, with the modality absent. */
  KEEP,
  /** Those are left out, as by the SDK's {@code hard_unify}. */
  DROP_SEGMENT,
  /** All segments of a video of which a modality has nothing are left out, as by its align. */
  DROP_VIDEO;

  /** The name in options, such as {@code drop-segment}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the rule with this key.
   *
   * @throws ConfigException if there is none
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
            "unknown rule for incomplete segments '%s': use keep, drop-segment or drop-video",
            key));
  }

  /**
   * Returns the segments that stay.
   *
   * @param video all segments of one video
   * @param modalities that the data have
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
