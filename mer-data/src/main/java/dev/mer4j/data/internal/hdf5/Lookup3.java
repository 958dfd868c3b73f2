package dev.mer4j.data.internal.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The checksum of HDF5's structures.
 *
 * <p>Source: Bob Jenkins, lookup3.c, function hashlittle with the initial value 0.
 */
final class Lookup3 {
  private static final int BLOCK = 12;

  private Lookup3() {}

  static int hash(byte[] bytes) {
    int a = 0xdeadbeef + bytes.length;
    int b = a;
    int c = a;
    // The last block, which may be full, is padded with zeros and mixed differently.
    int blocks = Math.max(1, (bytes.length + BLOCK - 1) / BLOCK);
    ByteBuffer words = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    words.put(bytes).clear();
    if (bytes.length == 0) {
      return c;
    }
    for (int block = 1; block < blocks; block++) {
      a += words.getInt();
      b += words.getInt();
      c += words.getInt();
      a = (a - c) ^ Integer.rotateLeft(c, 4);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 6);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 8);
      b += a;
      a = (a - c) ^ Integer.rotateLeft(c, 16);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 19);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 4);
      b += a;
    }
    a += words.getInt();
    b += words.getInt();
    c += words.getInt();
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    return (c ^ b) - Integer.rotateLeft(b, 24);
  }
}
