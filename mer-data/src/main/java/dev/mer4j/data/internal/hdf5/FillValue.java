package dev.mer4j.data.internal.hdf5;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The value of elements that were never written. */
final class FillValue {
  private FillValue() {}

  /** Returns the bytes of an element; all zero if the file has no fill value. */
  static byte[] read(ObjectHeader header, int size) {
    Fields message = header.find(ObjectHeader.FILL_VALUE);
    byte[] value = message == null ? old(header) : recent(message);
    if (value == null || value.length == 0) {
      return new byte[size];
    }
    if (value.length != size) {
      throw new Hdf5Exception(
          String.format(Locale.ROOT, "fill value of %d bytes, expected %d", value.length, size));
    }
    return value;
  }

  private static byte @Nullable [] old(ObjectHeader header) {
    Fields message = header.find(ObjectHeader.OLD_FILL_VALUE);
    return message == null ? null : message.bytes(message.unsigned32());
  }

  private static byte @Nullable [] recent(Fields message) {
    int version = message.unsigned8();
    boolean defined;
    switch (version) {
      case 1, 2 -> {
        message.skip(2);
        defined = message.unsigned8() != 0 || version == 1;
      }
      case 3 -> defined = (message.unsigned8() & 32) != 0;
      default -> throw new UnsupportedHdf5Exception("fill value version " + version);
    }
    if (!defined) {
      return null;
    }
    // The first two versions use -1 for none.
    long size = message.unsigned32();
    return size == 0xffffffffL ? null : message.bytes(size);
  }
}
