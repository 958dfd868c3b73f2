package dev.mer4j.data.segment;

import dev.mer4j.FileException;

/**
 * An entry that cannot be used.
 *
 * @param file the file's name
 * @param video the entry's name
 * @param problem what was expected, and what was found
 */
public record EntryFault(String file, String video, String problem) {
  public static EntryFault of(String video, FileException fault) {
    return new EntryFault(fault.file().getFileName().toString(), video, fault.problem());
  }
}
