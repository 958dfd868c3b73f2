package dev.mer4j.train;

/** Why a run came to its end. */
public enum Ending {
  /** All epochs are done. */
  COMPLETE,
  /** The validation split has not seen anything better for as long as the patience lasts. */
  NO_LONGER_BETTER,
  /** Somebody cancelled it; what a checkpoint holds can be resumed. */
  CANCELLED
}
