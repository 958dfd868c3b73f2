package dev.mer4j.core.provenance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.mer4j.ConfigException;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The ids of a set of segments in compact form: the segment indices of each video, such as {@code
 * 0..11 13}.
 *
 * @param videos the indices by video
 */
public record SegmentIds(@JsonValue Map<String, String> videos) {
  public static final SegmentIds NONE = new SegmentIds(Map.of());

  private static final String NUMBER = "-?\\d{1,10}";
  private static final String RANGE = NUMBER + "(\\.\\." + NUMBER + ")?";
  private static final Pattern RANGES = Pattern.compile(RANGE + "( " + RANGE + ")*");

  /**
   * Validates the entries.
   *
   * @throws ConfigException if an entry is malformed
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SegmentIds {
    videos = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(videos)));
    videos.forEach(
        (video, indices) -> {
          if (!RANGES.matcher(indices).matches()) {
            throw new ConfigException(
                "invalid segment indices of video " + video + ": '" + indices + "'");
          }
        });
  }

  /** Creates an empty set, for files without segments. */
  SegmentIds() {
    this(Map.of());
  }

  /** Returns the ids of all segments of a set. */
  public static SegmentIds of(SegmentSet segments) {
    Map<String, TreeSet<Integer>> indices = new TreeMap<>();
    for (int s = 0; s < segments.size(); s++) {
      SegmentId id = segments.info(s).id();
      indices.computeIfAbsent(id.video(), video -> new TreeSet<>()).add(id.index());
    }
    Map<String, String> videos = new TreeMap<>();
    indices.forEach((video, own) -> videos.put(video, ranges(own)));
    return new SegmentIds(videos);
  }

  private static String ranges(TreeSet<Integer> indices) {
    StringBuilder text = new StringBuilder();
    while (!indices.isEmpty()) {
      int first = indices.pollFirst();
      int last = first;
      while (indices.remove(last + 1)) {
        last++;
      }
      text.append(text.isEmpty() ? "" : " ").append(first);
      if (last > first) {
        text.append("..").append(last);
      }
    }
    return text.toString();
  }

  public boolean isEmpty() {
    return videos.isEmpty();
  }

  public boolean contains(SegmentId id) {
    String indices = videos.get(id.video());
    if (indices == null) {
      return false;
    }
    for (String range : indices.split(" ", -1)) {
      int dots = range.indexOf("..");
      long first = Long.parseLong(dots < 0 ? range : range.substring(0, dots));
      long last = dots < 0 ? first : Long.parseLong(range.substring(dots + 2));
      if (first <= id.index() && id.index() <= last) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether any segment belongs to a video. */
  public boolean containsVideo(String video) {
    return videos.containsKey(video);
  }
}
