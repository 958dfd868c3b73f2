package dev.mer4j.data.segment;

import dev.mer4j.FileException;

/** What to do about an entry that cannot be used: to raise the fault, or to write it down. */
public interface FaultPolicy {
  /** Raises every fault. */
  FaultPolicy STRICT =
      new FaultPolicy() {
        @Override
        public void found(String name, FileException fault) {
          throw fault;
        }

        @Override
        public void skipped(SkippedItem what) {}
      };

  /**
   * Called for each entry, or row of labels, that cannot be used; if it returns, that is passed
   * over.
   *
   * @param name of the video or the segment
   */
  void found(String name, FileException fault);

  /** Called for what can be read, and is in no segment. */
  void skipped(SkippedItem what);
}
