package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import java.util.ArrayList;
import java.util.List;

/**
 * Records skipped items and, unless strict, unusable entries. In strict mode, an unusable entry
 * raises an error.
 */
public final class FaultLog implements FaultPolicy {
  private final boolean strict;
  private final List<EntryFault> faults = new ArrayList<>();
  private final List<SkippedItem> skipped = new ArrayList<>();

  /**
   * Creates an empty log.
   *
   * @param strict whether to throw the faults
   */
  public FaultLog(boolean strict) {
    this.strict = strict;
  }

  @Override
  public void found(String name, FileException fault) {
    if (strict) {
      throw fault;
    }
    faults.add(EntryFault.of(name, fault));
  }

  @Override
  public void skipped(SkippedItem what) {
    skipped.add(what);
  }

  /** Returns the entries and rows that cannot be used. */
  public List<EntryFault> faults() {
    return List.copyOf(faults);
  }

  /** Returns the readable items that are in no segment. */
  public List<SkippedItem> skipped() {
    return List.copyOf(skipped);
  }

  /** Clears the log. */
  public void clear() {
    faults.clear();
    skipped.clear();
  }
}
