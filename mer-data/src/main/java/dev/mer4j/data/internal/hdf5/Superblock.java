package dev.mer4j.data.internal.hdf5;

import dev.mer4j.file.ChannelIo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The header of a file.
 *
 * @param base the position in the file of address 0
 * @param end the minimum size of the file
 * @param root the address of the root group's header
 */
record Superblock(int offsetBytes, int lengthBytes, long base, long end, long root) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int MAX_BYTES = 128;

  /** Returns the position of the signature, or -1 if no allowed position has one. */
  static long find(FileChannel file) throws IOException {
    for (long at = 0; at < file.size(); at = at == 0 ? 512 : 2 * at) {
      if (Arrays.equals(bytes(file, at, SIGNATURE.length), SIGNATURE)) {
        return at;
      }
    }
    return -1;
  }

  static Superblock read(FileChannel file) throws IOException {
    long start = find(file);
    if (start < 0) {
      throw new Hdf5Exception("has no HDF5 signature");
    }
    byte[] bytes = bytes(file, start, MAX_BYTES);
    int version = bytes.length > 15 ? bytes[8] : -1;
    return switch (version) {
      case 0, 1 -> first(bytes, start, version);
      case 2, 3 -> second(bytes, start);
      default -> throw new UnsupportedHdf5Exception("superblock version " + version);
    };
  }

  private static Superblock first(byte[] bytes, long start, int version) {
    Fields fields = new Fields(ByteBuffer.wrap(bytes), size(bytes[13]), size(bytes[14]));
    fields.skip(version == 0 ? 24 : 28);
    long base = fields.offset();
    fields.offset();
    long end = fields.offset();
    fields.offset();
    fields.offset();
    long root = fields.offset();
    return new Superblock(bytes[13], bytes[14], start, end + start - base, root);
  }

  private static Superblock second(byte[] bytes, long start) {
    Fields fields = new Fields(ByteBuffer.wrap(bytes), size(bytes[9]), size(bytes[10]));
    fields.skip(12);
    long base = fields.offset();
    fields.offset();
    long end = fields.offset();
    long root = fields.offset();
    fields.checksum();
    return new Superblock(bytes[9], bytes[10], start, end + start - base, root);
  }

  private static int size(byte size) {
    if (size != 2 && size != 4 && size != 8) {
      throw new UnsupportedHdf5Exception("addresses or lengths of " + size + " bytes");
    }
    return size;
  }

  private static byte[] bytes(FileChannel file, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    ChannelIo.readFully(file::read, buffer, position);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
