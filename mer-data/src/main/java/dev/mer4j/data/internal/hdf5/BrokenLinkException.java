package dev.mer4j.data.internal.hdf5;

/** Thrown for a link that cannot be followed; the message states the link and its target. */
public final class BrokenLinkException extends Hdf5Exception {
  private static final long serialVersionUID = 1L;

  public BrokenLinkException(String message) {
    super(message);
  }
}
