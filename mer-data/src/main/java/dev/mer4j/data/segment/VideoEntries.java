package dev.mer4j.data.segment;

import dev.mer4j.ConfigException;
import dev.mer4j.data.SegmentId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a file, grouped by video. A video has one entry of its name, or, if all entries of
 * the file are named {@code video[index]} as by the SDK's {@code align}, one entry per index.
 */
final class VideoEntries {
  private final Set<String> names;
  private final Map<String, List<SegmentId>> parts = new LinkedHashMap<>();

  VideoEntries(Set<String> names) {
    this.names = names;
    for (String name : names) {
      SegmentId id = part(name);
      if (id == null) {
        parts.clear();
        return;
      }
      parts.computeIfAbsent(id.video(), unseen -> new ArrayList<>()).add(id);
    }
    parts.values().forEach(ids -> ids.sort(Comparator.naturalOrder()));
  }

  private static @Nullable SegmentId part(String name) {
    try {
      SegmentId id = SegmentId.parse(name);
      return id.toString().equals(name) ? id : null;
    } catch (ConfigException e) {
      return null;
    }
  }

  /** Returns whether the entries are named {@code video[index]}. */
  boolean inParts() {
    return !parts.isEmpty();
  }

  /** Returns the videos, in the order of the file. */
  Set<String> videos() {
    return Collections.unmodifiableSet(inParts() ? parts.keySet() : names);
  }

  /**
   * Returns the entries of a video in index order; empty if the video has no entry or a single
   * entry of its name.
   */
  List<SegmentId> parts(String video) {
    return parts.getOrDefault(video, List.of());
  }
}
