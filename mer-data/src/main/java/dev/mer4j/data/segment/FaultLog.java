package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import java.util.ArrayList;
import java.util.List;

/** Writes down what cannot be used, unless that is to be raised, and what is in no segment. */
public final class FaultLog implements FaultPolicy {
  private final boolean strict;
  private final List<EntryFault> faults = new ArrayList<>();
  private final List<SkippedItem> skipped = new ArrayList<>();

  /**
   * Starts empty.
   *
   * @param strict whether to raise the faults
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

  /** Entries and rows that cannot be used. */
  public List<EntryFault> faults() {
    return List.copyOf(faults);
  }

  /** What is in no segment. */
  public List<SkippedItem> skipped() {
    return List.copyOf(skipped);
  }

  /** Forgets everything. */
  public void clear() {
    faults.clear();
    skipped.clear();
  }
}
