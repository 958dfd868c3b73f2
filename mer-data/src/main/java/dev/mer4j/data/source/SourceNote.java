package dev.mer4j.data.source;

import java.util.List;

/**
 * Something of the files that a source does not pass on, or had to decide.
 *
 * @param names of what it is about, such as keys or segments
 * @param text a sentence with the count and the reason
 */
public record SourceNote(List<String> names, String text) {
  public SourceNote {
    names = List.copyOf(names);
  }
}
