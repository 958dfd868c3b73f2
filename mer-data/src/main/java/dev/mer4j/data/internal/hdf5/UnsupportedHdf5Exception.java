package dev.mer4j.data.internal.hdf5;

/** A file that is whole, but uses a feature that is not read here; the message names it. */
public final class UnsupportedHdf5Exception extends Hdf5Exception {
  private static final long serialVersionUID = 1L;

  public UnsupportedHdf5Exception(String message) {
    super(message);
  }
}
