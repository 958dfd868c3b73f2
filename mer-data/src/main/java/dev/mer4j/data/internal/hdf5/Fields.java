package dev.mer4j.data.internal.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A sequential reader of the fields of one structure of a file; integers are little-endian. */
final class Fields {
  /** The undefined address. */
  static final long UNDEFINED = -1;

  private final ByteBuffer bytes;
  private final int offsetBytes;
  private final int lengthBytes;

  Fields(ByteBuffer bytes, int offsetBytes, int lengthBytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.offsetBytes = offsetBytes;
    this.lengthBytes = lengthBytes;
  }

  int unsigned8() {
    return bytes.get() & 0xff;
  }

  int unsigned16() {
    return bytes.getShort() & 0xffff;
  }

  long unsigned32() {
    return bytes.getInt() & 0xffffffffL;
  }

  /** Returns an unsigned integer of up to 8 bytes. */
  long unsigned(int size) {
    if (size < 0 || size > Long.BYTES) {
      throw new Hdf5Exception("unsupported field of " + size + " bytes");
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (long) unsigned8() << (8 * i);
    }
    return value;
  }

  /** Returns an address, which may be {@link #UNDEFINED}. */
  long offset() {
    return orUndefined(offsetBytes);
  }

  /** Returns a length or a count, which may be {@link #UNDEFINED}. */
  long length() {
    return orUndefined(lengthBytes);
  }

  private long orUndefined(int size) {
    long value = unsigned(size);
    return size < Long.BYTES && value == (1L << (8 * size)) - 1 ? UNDEFINED : value;
  }

  /** Returns the number of bytes of an address. */
  int offsetBytes() {
    return offsetBytes;
  }

  /** Returns the number of bytes of a length. */
  int lengthBytes() {
    return lengthBytes;
  }

  byte[] bytes(long count) {
    checkRemaining(count);
    byte[] copy = new byte[(int) count];
    bytes.get(copy);
    return copy;
  }

  /** Returns the next fields as a separate structure, and moves past them. */
  Fields part(long count) {
    checkRemaining(count);
    ByteBuffer part = bytes.slice(bytes.position(), (int) count);
    bytes.position(bytes.position() + (int) count);
    return new Fields(part, offsetBytes, lengthBytes);
  }

  void skip(long count) {
    checkRemaining(count);
    bytes.position(bytes.position() + (int) count);
  }

  String text(long count) {
    String text = new String(bytes(count), StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** Returns a text up to its zero byte. */
  String text() {
    int start = bytes.position();
    int end = start;
    while (end < bytes.limit() && bytes.get(end) != 0) {
      end++;
    }
    String text = text((long) end - start);
    bytes.position(Math.min(end + 1, bytes.limit()));
    return text;
  }

  void position(long position) {
    if (position < 0 || position > bytes.limit()) {
      throw new Hdf5Exception("structure refers to an offset beyond its end");
    }
    bytes.position((int) position);
  }

  int position() {
    return bytes.position();
  }

  int remaining() {
    return bytes.remaining();
  }

  /** Checks the four-letter signature of a structure. */
  void signature(String expected) {
    byte[] found = bytes(expected.length());
    if (!Arrays.equals(found, expected.getBytes(StandardCharsets.US_ASCII))) {
      throw new Hdf5Exception("signature " + expected + " not found");
    }
  }

  /** Checks the version byte of a structure. */
  void version(String what, int expected) {
    int found = unsigned8();
    if (found != expected) {
      throw new UnsupportedHdf5Exception(what + " version " + found);
    }
  }

  /** Checks the checksum after the fields read so far. */
  void checksum() {
    int length = bytes.position();
    byte[] sum = new byte[length];
    bytes.get(0, sum);
    if (bytes.getInt() != Lookup3.hash(sum)) {
      throw new Hdf5Exception("checksum mismatch in a structure");
    }
  }

  private void checkRemaining(long count) {
    if (count < 0 || count > bytes.remaining()) {
      throw new Hdf5Exception("structure is truncated");
    }
  }
}
