package dev.mer4j.data.segment;

import dev.mer4j.FileException;

/** What to do about an entry that cannot be used: to raise the fault, or to write it down. */
@FunctionalInterface
public interface Faults {
  /** Raises every fault. */
  Faults STRICT =
      (video, fault) -> {
        throw fault;
      };

  /**
   * Called for each entry that cannot be used; if it returns, the entry is passed over.
   *
   * @param video the entry's name
   */
  void found(String video, FileException fault);
}
