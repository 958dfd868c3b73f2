package dev.mer4j.cuda;

/** The parts of a pass that are timed on the GPU. */
public enum Phase {
  /** Copying changed parameters to the GPU, and reordering them. */
  WEIGHTS,
  /** Loading the features, from the host, including packing, or from GPU memory. */
  UPLOAD,
  /** Projecting the inputs to the gates. */
  PROJECTION,
  /** The forward recurrence and the pooling. */
  FORWARD,
  /** Head and loss, forward and backward, of a training step. */
  HEAD,
  /** Copying the states to the host. */
  STATES,
  /** Copying the states' gradients to the GPU. */
  STATE_GRADIENTS,
  /** The pooling and the recurrence, backward. */
  BACKWARD,
  /** The weight gradients. */
  WEIGHT_GRADIENTS,
  /** The gradient's norm, clipping and AdamW, of a training step. */
  OPTIMIZER,
  /** Copying the gradient to the host. */
  GRADIENT
}
