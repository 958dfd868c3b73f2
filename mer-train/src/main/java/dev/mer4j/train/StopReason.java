package dev.mer4j.train;

/** Why a run came to its end. */
public enum StopReason {
  /** All epochs are done. */
  COMPLETED,
  /** The validation split has not seen anything better for as long as the patience lasts. */
  EARLY_STOPPED,
  /** Somebody cancelled it; what a checkpoint holds can be resumed. */
  CANCELLED
}
