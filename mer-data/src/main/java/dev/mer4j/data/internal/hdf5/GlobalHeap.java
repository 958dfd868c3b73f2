package dev.mer4j.data.internal.hdf5;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads variable-length elements from the collections of the global heap.
 *
 * <p>Source: HDF5 File Format Specification, III.E.
 */
final class GlobalHeap {
  private static final int PREFIX = 8;
  private static final byte[] NOTHING = new byte[0];

  private final FileBytes file;

  /** The objects of each collection by index. */
  private final Map<Long, Map<Integer, byte[]>> collections = new HashMap<>();

  GlobalHeap(FileBytes file) {
    this.file = file;
  }

  /**
   * Returns the bytes of an element.
   *
   * @param element the length, and the address and the index of the object
   */
  byte[] read(Fields element) {
    long length = element.unsigned32();
    long address = element.offset();
    int index = Math.toIntExact(element.unsigned32());
    if (length == 0 || address == 0 || address == Fields.UNDEFINED) {
      return NOTHING;
    }
    Map<Integer, byte[]> objects = collections.get(address);
    if (objects == null) {
      objects = objects(address);
      collections.put(address, objects);
    }
    byte[] object = objects.get(index);
    if (object == null || object.length < length) {
      throw new Hdf5Exception("a string refers to an object that its heap does not have");
    }
    return object.length == length ? object : Arrays.copyOf(object, (int) length);
  }

  private Map<Integer, byte[]> objects(long address) {
    Fields prefix = file.read(address, PREFIX + file.lengthBytes());
    prefix.signature("GCOL");
    prefix.version("global heap", 1);
    prefix.skip(3);
    Fields collection = file.read(address, prefix.length());
    collection.skip(PREFIX + file.lengthBytes());
    Map<Integer, byte[]> objects = new HashMap<>();
    while (collection.remaining() >= PREFIX + file.lengthBytes()) {
      int index = collection.unsigned16();
      collection.skip(6);
      long size = collection.length();
      if (index == 0) {
        break; // the free space
      }
      objects.put(index, collection.bytes(size));
      collection.skip(Math.min(collection.remaining(), -size & 7));
    }
    return objects;
  }
}
