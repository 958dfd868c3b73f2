package dev.mer4j.data.csd;

/**
 * The shape and type of an entry, available without reading its numbers.
 *
 * @param rows n
 * @param width D; 0 if there are no rows and the file does not state it
 * @param type such as {@code float32}, {@code int64} or {@code string}
 * @param layout {@code contiguous}, {@code chunked} or {@code compact}
 */
public record EntryShape(int rows, int width, String type, String layout) {
  /** Returns whether the entry contains words rather than numbers. */
  public boolean text() {
    return type.equals("string");
  }
}
