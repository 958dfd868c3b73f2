package dev.mer4j.data.segment;

import dev.mer4j.FileException;

/** Handles entries that cannot be used: throws the fault, or records it. */
public interface FaultPolicy {
  /** Throws every fault. */
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
   * Called for each entry or label row that cannot be used. If this returns, the item is skipped.
   *
   * @param name the name of the video or the segment
   */
  void found(String name, FileException fault);

  /** Called for each readable item that is in no segment. */
  void skipped(SkippedItem what);
}
