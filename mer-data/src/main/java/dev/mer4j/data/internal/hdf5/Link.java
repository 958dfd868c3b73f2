package dev.mer4j.data.internal.hdf5;

/** What a name in a group leads to. */
public sealed interface Link {
  /**
   * An object of the same file.
   *
   * @param address of its header
   */
  record Hard(long address) implements Link {}

  /**
   * A name of an object of the same file, which may be missing.
   *
   * @param path from the root group if it starts with a slash, or else from the link's group
   */
  record Soft(String path) implements Link {}

  /** A name of an object of another file. */
  record External(String file, String path) implements Link {}

  /**
   * A link whose meaning only the program that wrote it knows.
   *
   * @param kind its number in the format
   */
  record Custom(int kind) implements Link {}
}
