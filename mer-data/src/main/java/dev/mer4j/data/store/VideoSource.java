package dev.mer4j.data.store;

/** Provides prepared videos in their order. */
interface VideoSource extends AutoCloseable {
  /**
   * Returns the next video; a next video must exist.
   *
   * @param name its name
   */
  PreparedVideo next(String name);

  @Override
  void close();
}
