package dev.mer4j.data.source.pickle;

/** A problem of a pickle whose position is not known yet. */
public final class PickleFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PickleFault(String problem) {
    super(problem);
  }
}
