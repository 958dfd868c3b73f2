package dev.mer4j.cuda.internal.driver;

import dev.mer4j.MerException;

/** A GPU that cannot do what it was asked to. */
public final class CudaException extends MerException {
  private static final long serialVersionUID = 1L;

  /** What the driver returns then. */
  static final int OUT_OF_MEMORY = 2;

  private final int status;

  CudaException(int status, String message) {
    super(message);
    this.status = status;
  }

  /**
   * Whether the GPU, or the host, had not as much memory as was asked for; all else is as before.
   */
  public boolean isOutOfMemory() {
    return status == OUT_OF_MEMORY;
  }
}
