package dev.mer4j.core.encoder;

/**
 * Where the features of a training are until this is closed.
 *
 * @param held whether the encoders hold them, so that batches need none
 * @param where one line for people
 * @param release lets go of them
 */
public record Holding(boolean held, String where, Runnable release) implements AutoCloseable {

  /** Nothing is held, and there is nothing to let go of. */
  public static Holding none(String where) {
    return new Holding(false, where, () -> {});
  }

  @Override
  public void close() {
    release.run();
  }
}
