package dev.mer4j.cuda;

/** The parts of a pass that the GPU's own clock takes the time of. */
public enum Phase {
  /** Parameters to the GPU, if they changed, and their reordering. */
  WEIGHTS,
  /**
   * Features to where a pass reads them: from the host, packing included, or from the GPU itself.
   */
  UPLOAD,
  /** What the inputs contribute to the gates. */
  PROJECTION,
  /** The recurrence. */
  FORWARD,
  /** Head and loss, forward and backward, of a training step. */
  HEAD,
  /** States to the host. */
  STATES,
  /** The states' gradients to the GPU. */
  STATE_GRADIENTS,
  /** The recurrence backward. */
  BACKWARD,
  /** The weights' gradients. */
  WEIGHT_GRADIENTS,
  /** The gradient's norm, clipping and AdamW, of a training step. */
  OPTIMIZER,
  /** The gradient to the host. */
  GRADIENT
}
