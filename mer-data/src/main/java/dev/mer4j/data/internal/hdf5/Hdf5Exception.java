package dev.mer4j.data.internal.hdf5;

/** Thrown for a file whose bytes violate the format or are inconsistent. */
public class Hdf5Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Hdf5Exception(String message) {
    super(message);
  }

  public Hdf5Exception(String message, Throwable cause) {
    super(message, cause);
  }
}
