package dev.mer4j.data.internal.hdf5;

/** The target of a name in a group. */
public sealed interface Link {
  /**
   * An object of the same file.
   *
   * @param address the address of its header
   */
  record Hard(long address) implements Link {}

  /**
   * A path to an object of the same file, which may be missing.
   *
   * @param path relative to the root group if it starts with a slash, else to the link's group
   */
  record Soft(String path) implements Link {}

  /** A path to an object of another file. */
  record External(String file, String path) implements Link {}

  /**
   * A user-defined link.
   *
   * @param kind its number in the format
   */
  record Custom(int kind) implements Link {}
}
