package dev.mer4j.core.provenance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.mer4j.ConfigException;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ids of a set of segments in compact form: the segment indices of each video, such as {@code
 * 0..11 13}.
 *
 * <p>In JSON an object of the videos; where segments have groups other than their videos, an object
 * of {@code videos} and {@code groups}.
 *
 * @param videos the indices by video
 * @param groups of the segments, where they are not their videos
 */
public record SegmentIds(Map<String, String> videos, Set<String> groups) {
  public static final SegmentIds NONE = new SegmentIds(Map.of());

  private static final String VIDEOS = "videos";
  private static final String GROUPS = "groups";

  private static final String NUMBER = "-?\\d{1,10}";
  private static final String RANGE = NUMBER + "(\\.\\." + NUMBER + ")?";
  private static final Pattern RANGES = Pattern.compile(RANGE + "( " + RANGE + ")*");

  /**
   * Validates the entries.
   *
   * @throws ConfigException if an entry is malformed
   */
  public SegmentIds {
    groups = Collections.unmodifiableSet(new TreeSet<>(groups));
    videos = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(videos)));
    videos.forEach(
        (video, indices) -> {
          if (!RANGES.matcher(indices).matches()) {
            throw new ConfigException(
                "invalid segment indices of video " + video + ": '" + indices + "'");
          }
        });
  }

  /** Makes ids of segments whose groups are their videos. */
  public SegmentIds(Map<String, String> videos) {
    this(videos, Set.of());
  }

  /**
   * Reads JSON.
   *
   * @throws ConfigException if it has another form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SegmentIds of(Map<String, Object> json) {
    if (json.get(VIDEOS) instanceof Map<?, ?> videos
        && json.get(GROUPS) instanceof Collection<?> groups) {
      return new SegmentIds(
          texts(videos), groups.stream().map(String::valueOf).collect(Collectors.toSet()));
    }
    return new SegmentIds(texts(json));
  }

  private static Map<String, String> texts(Map<?, ?> json) {
    Map<String, String> texts = new TreeMap<>();
    json.forEach((video, indices) -> texts.put(String.valueOf(video), String.valueOf(indices)));
    return texts;
  }

  /** Returns what is written as JSON. */
  @JsonValue
  Map<String, ?> json() {
    return groups.isEmpty() ? videos : new TreeMap<>(Map.of(VIDEOS, videos, GROUPS, groups));
  }

  /** Creates an empty set, for files without segments. */
  SegmentIds() {
    this(Map.of());
  }

  /** Returns the ids of all segments of a set. */
  public static SegmentIds of(SegmentSet segments) {
    Map<String, TreeSet<Integer>> indices = new TreeMap<>();
    Set<String> groups = new TreeSet<>();
    for (int s = 0; s < segments.size(); s++) {
      SegmentId id = segments.info(s).id();
      if (!segments.info(s).group().equals(id.video())) {
        groups.add(segments.info(s).group());
      }
      indices.computeIfAbsent(id.video(), video -> new TreeSet<>()).add(id.index());
    }
    Map<String, String> videos = new TreeMap<>();
    indices.forEach((video, own) -> videos.put(video, ranges(own)));
    return new SegmentIds(videos, groups);
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

  /** Whether any segment is of this group: a video, or another one. */
  public boolean containsGroup(String group) {
    return groups.contains(group) || containsVideo(group);
  }

  /** Returns whether any segment belongs to a video. */
  public boolean containsVideo(String video) {
    return videos.containsKey(video);
  }
}
