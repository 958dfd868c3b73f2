package dev.mer4j.train.sweep;

/** Is notified of the trials of a sweep, by one thread at a time. */
public interface SweepListener {
  /** A trial was done by an earlier run; its scores were read from its result. */
  default void trialFound(Trial trial) {}

  /** A trial has been carried out. */
  default void trialFinished(Trial trial) {}
}
