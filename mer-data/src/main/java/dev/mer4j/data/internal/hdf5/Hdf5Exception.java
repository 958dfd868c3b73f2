package dev.mer4j.data.internal.hdf5;

/** A file whose bytes contradict the format or each other. */
public class Hdf5Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Hdf5Exception(String message) {
    super(message);
  }

  public Hdf5Exception(String message, Throwable cause) {
    super(message, cause);
  }
}
