package dev.mer4j.data.internal.hdf5;

/** A link that cannot be followed; the message says what it is, and where it leads. */
public final class BrokenLinkException extends Hdf5Exception {
  private static final long serialVersionUID = 1L;

  public BrokenLinkException(String message) {
    super(message);
  }
}
