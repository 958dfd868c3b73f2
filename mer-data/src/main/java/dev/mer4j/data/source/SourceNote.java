package dev.mer4j.data.source;

import java.util.List;

/**
 * A part of the files that a source does not read, or an assumption that it made.
 *
 * @param names of the keys, segments or other items
 * @param text a sentence with the count and the reason
 */
public record SourceNote(List<String> names, String text) {
  public SourceNote {
    names = List.copyOf(names);
  }
}
