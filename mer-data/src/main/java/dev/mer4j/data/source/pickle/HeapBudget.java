package dev.mer4j.data.source.pickle;

/**
 * Limits the memory of the objects of a pickle that are not arrays, so that a hostile file ends in
 * an error before the heap is full.
 */
public final class HeapBudget {
  private static final long OBJECT_BYTES = 64;
  private static final long NUMBER_BYTES = 32;
  private static final long ENTRY_BYTES = 128;
  private static final long REFERENCE_BYTES = 8;

  private final long limit;
  private long used;

  HeapBudget(long limit) {
    this.limit = limit;
  }

  /** Returns half of the heap. */
  static HeapBudget ofHeap() {
    return new HeapBudget(Runtime.getRuntime().maxMemory() / 2);
  }

  /** Counts an object with some bytes of content. */
  public void charge(long bytes) {
    used += OBJECT_BYTES + bytes;
    check(used);
  }

  /** Counts a number, or another object that is as small. */
  void chargeNumber() {
    used += NUMBER_BYTES;
    check(used);
  }

  /** Counts a container or its entry by key, which takes several objects. */
  void chargeEntry() {
    used += ENTRY_BYTES;
    check(used);
  }

  /** Counts one more reference to an object that is counted already. */
  void chargeReference() {
    used += REFERENCE_BYTES;
    check(used);
  }

  /** Raises an error if so many references, which are soon given back, are too many. */
  void checkReferences(long count) {
    check(count * REFERENCE_BYTES);
  }

  private void check(long bytes) {
    if (bytes > limit) {
      throw new PickleFault(
          "more than "
              + (limit >> 20)
              + " MiB of objects that are not arrays, half of the heap; save numbers as numpy"
              + " arrays, or raise the heap with -Xmx");
    }
  }
}
