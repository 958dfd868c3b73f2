package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import java.util.ArrayList;
import java.util.List;

/** Writes down what cannot be used, unless that is to be raised, and what is in no segment. */
public final class FaultLog implements Faults {
  private final boolean strict;
  private final List<EntryFault> faults = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

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
  public void leftOut(LeftOut what) {
    leftOut.add(what);
  }

  /** Entries and rows that cannot be used. */
  public List<EntryFault> faults() {
    return List.copyOf(faults);
  }

  /** What is in no segment. */
  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /** Forgets everything. */
  public void clear() {
    faults.clear();
    leftOut.clear();
  }
}
