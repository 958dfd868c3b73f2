package dev.mer4j.data.internal.hdf5;

/** Thrown for a valid file that uses an unsupported feature; the message names the feature. */
public final class UnsupportedHdf5Exception extends Hdf5Exception {
  private static final long serialVersionUID = 1L;

  public UnsupportedHdf5Exception(String message) {
    super(message);
  }
}
