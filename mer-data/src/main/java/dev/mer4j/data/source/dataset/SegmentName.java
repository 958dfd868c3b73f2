package dev.mer4j.data.source.dataset;

import dev.mer4j.ConfigException;
import dev.mer4j.data.SegmentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The name of a segment in a data set.
 *
 * @param video the video's id
 * @param index among the segments of its video; null if the name has no index
 * @param start seconds into the video; NaN if unknown
 * @param end seconds into the video; NaN if unknown
 */
record SegmentName(String video, @Nullable Integer index, double start, double end) {
  /** What a name has to be, for messages. */
  static final String EXPECTED = "1 to 4096 characters without control characters";

  private static final String SEPARATOR = "$_$";
  private static final int LONGEST = 4096;
  private static final int SHOWN = 60;

  /**
   * Reads {@code video$_$index}, {@code video[index]}, the three texts {@code video, start, end},
   * or the name of a video.
   *
   * @param parts one text, or several
   */
  static SegmentName parse(List<String> parts) {
    String text = parts.get(0);
    if (parts.size() >= 3 && isNumber(parts.get(1)) && isNumber(parts.get(2))) {
      return new SegmentName(
          text, null, Double.parseDouble(parts.get(1)), Double.parseDouble(parts.get(2)));
    }
    int at = text.lastIndexOf(SEPARATOR);
    String digits = at < 0 ? "" : text.substring(at + SEPARATOR.length());
    if (at > 0 && digits.matches("\\d{1,9}")) {
      return untimed(text.substring(0, at), Integer.parseInt(digits));
    }
    try {
      SegmentId id = SegmentId.parse(text);
      return untimed(id.video(), id.index());
    } catch (ConfigException e) {
      return untimed(text, null);
    }
  }

  /** Returns whether the video has a name that can be printed and stored. */
  boolean isUsable() {
    return isUsable(video);
  }

  /** Returns whether a text is a name that can be printed and stored. */
  static boolean isUsable(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST
        && text.codePoints()
            .map(Character::getType)
            .noneMatch(kind -> kind == Character.CONTROL || kind == Character.SURROGATE);
  }

  /** Returns the start of a text without control characters, for messages. */
  static String shown(String text) {
    String start = text.substring(0, Math.min(SHOWN, text.length()));
    return start.replaceAll("\\p{Cntrl}", "\ufffd") + (start.equals(text) ? "" : "…");
  }

  private static SegmentName untimed(String video, @Nullable Integer index) {
    return new SegmentName(video, index, Double.NaN, Double.NaN);
  }

  static boolean isNumber(String text) {
    return text.strip().matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  }

  /** Gives ids to names: the index that a name lacks is the next of its video. */
  static final class Numbering {
    private final Map<String, Integer> next = new HashMap<>();

    SegmentId id(SegmentName name) {
      int index = name.index() != null ? name.index() : next.getOrDefault(name.video(), 0);
      next.merge(name.video(), index + 1, Math::max);
      return new SegmentId(name.video(), index);
    }
  }
}
