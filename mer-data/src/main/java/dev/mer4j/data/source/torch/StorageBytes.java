package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.pickle.PickleFault;
import java.io.IOException;

/** Finds the bytes of storages. */
interface StorageBytes {
  /**
   * Returns the bytes of a storage.
   *
   * @param count the number of its numbers, as the pickle states
   * @throws PickleFault if there is no such storage, or it has another length
   */
  ByteSource bytes(String key, long count, NumberType type) throws IOException;

  /** Returns an error about a storage of another length. */
  static PickleFault otherLength(String name, long bytes, long count, NumberType type) {
    return new PickleFault(
        "corrupt: storage "
            + name
            + " has "
            + bytes
            + " bytes, not "
            + count
            + " numbers of "
            + type
            + "; save the file again");
  }
}
