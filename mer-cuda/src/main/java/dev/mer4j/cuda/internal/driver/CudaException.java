package dev.mer4j.cuda.internal.driver;

import dev.mer4j.MerException;

/** Thrown when a call of the CUDA driver fails. */
public final class CudaException extends MerException {
  private static final long serialVersionUID = 1L;

  /** The driver's status for insufficient memory. */
  static final int OUT_OF_MEMORY = 2;

  private final int status;

  CudaException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns whether GPU or host memory was insufficient; nothing else has changed. */
  public boolean isOutOfMemory() {
    return status == OUT_OF_MEMORY;
  }
}
