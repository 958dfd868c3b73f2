package dev.mer4j.data.source.pickle;

/** What is wrong with a pickle, before it is known where. */
public final class PickleFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PickleFault(String problem) {
    super(problem);
  }
}
