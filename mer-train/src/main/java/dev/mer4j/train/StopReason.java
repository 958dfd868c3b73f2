package dev.mer4j.train;

/** The reason for the end of a run. */
public enum StopReason {
  /** All epochs are finished. */
  COMPLETED,
  /** The patience was exhausted without an improvement on the validation split. */
  EARLY_STOPPED,
  /** The run was cancelled; it can be resumed from a checkpoint. */
  CANCELLED
}
