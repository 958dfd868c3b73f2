package dev.mer4j.data.store;

/** A listener for the progress of a {@link Preparation}. */
@FunctionalInterface
public interface PreparationProgress {
  /** Called after every video. */
  void prepared(int done, int total);
}
