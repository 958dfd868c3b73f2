package dev.mer4j.train.sweep;

/** Receives the events of a sweep, from one thread at a time. */
public interface SweepListener {
  /** Called for a trial that an earlier run finished; its scores were read from its result. */
  default void trialFound(Trial trial) {}

  /** Called when a trial is finished. */
  default void trialFinished(Trial trial) {}
}
