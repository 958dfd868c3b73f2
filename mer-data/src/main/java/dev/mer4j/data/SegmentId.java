package dev.mer4j.data;

import dev.mer4j.ConfigException;

/**
 * The identifier of a segment: {@code video[index]}.
 *
 * @param video the video's id, used verbatim: it may start with {@code -} or be all digits
 * @param index the row of the video's entry in the label file, in file order, from 0
 */
public record SegmentId(String video, int index) implements Comparable<SegmentId> {
  /**
   * Parses {@code video[index]}.
   *
   * @throws ConfigException if the text has a different form
   */
  public static SegmentId parse(String text) {
    int bracket = text.lastIndexOf('[');
    if (bracket > 0 && text.endsWith("]")) {
      String digits = text.substring(bracket + 1, text.length() - 1);
      if (digits.matches("\\d{1,9}")) {
        return new SegmentId(text.substring(0, bracket), Integer.parseInt(digits));
      }
    }
    throw new ConfigException(
        "invalid segment id '" + text + "': expected VIDEO[INDEX], such as abc[0]");
  }

  @Override
  public int compareTo(SegmentId other) {
    int byVideo = video.compareTo(other.video);
    return byVideo != 0 ? byVideo : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return video + "[" + index + "]";
  }
}
