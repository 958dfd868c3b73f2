package dev.mer4j.data.csd;

import dev.mer4j.file.ChannelIo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Appends datasets and groups to an HDF5 file in the default layout of h5py, which the CMU-MOSEI
 * release uses: superblock 0, symbol tables, contiguous or chunked data.
 *
 * <p>Source: HDF5 File Format Specification, version 3.0, sections II.A, III.A, III.B, III.D, IV.A.
 */
final class HdfOutput {
  static final long UNDEFINED = -1;
  static final int SUPERBLOCK_BYTES = 96;

  /** 16 bytes after the superblock, where no object is. */
  static final byte[] MARK = "written by mer4j".getBytes(StandardCharsets.US_ASCII);

  private static final ByteBuffer FLOAT32 = type(0x11, 0x20, 0x1f, 4, 0, 32, 23, 8, 0, 23, 127);
  private static final ByteBuffer FLOAT64 = type(0x11, 0x20, 0x3f, 8, 0, 64, 52, 11, 0, 52, 1023);

  private final FileChannel channel;
  private final CsdLayout layout;
  private final ByteBuffer numbers =
      ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
  private long end = (long) SUPERBLOCK_BYTES + MARK.length;

  HdfOutput(FileChannel channel, CsdLayout layout) {
    this.channel = channel;
    this.layout = layout;
  }

  /**
   * A member of a group.
   *
   * @param tree the address of a group's B-tree; undefined for a dataset
   * @param heap the address of a group's heap of names; undefined for a dataset
   */
  record Link(long header, long tree, long heap) {
    boolean group() {
      return tree != UNDEFINED;
    }

    /** Appends the entry for a symbol table, without the name. */
    void encode(ByteBuffer target) {
      target.putLong(header).putInt(group() ? 1 : 0).putInt(0);
      target.putLong(group() ? tree : 0).putLong(group() ? heap : 0);
    }
  }

  /** Writes numbers [n, D]. */
  Link dataset(Rows rows) throws IOException {
    ByteBuffer type = rows instanceof Rows.Floats ? FLOAT32 : FLOAT64;
    if (layout == CsdLayout.GZIP && rows.count() > 0) {
      ByteBuffer chunks = new ChunkOutput(rows).write(this);
      return header(
          message(0x01, space(rows.count(), rows.width())),
          message(0x03, type),
          message(0x05, fill()),
          message(0x08, chunks),
          message(0x0b, ChunkOutput.filter()));
    }
    long address = rows.count() == 0 ? UNDEFINED : end;
    long bytes = rows instanceof Rows.Floats floats ? append(floats) : append((Rows.Doubles) rows);
    align();
    return dataset(type, address, bytes, rows.count(), rows.width());
  }

  private long append(Rows.Floats rows) throws IOException {
    int count = rows.values().limit();
    for (int done = 0; done < count; done += numbers.capacity() / Float.BYTES) {
      int part = Math.min(count - done, numbers.capacity() / Float.BYTES);
      numbers.clear();
      numbers.asFloatBuffer().put(0, rows.values(), done, part);
      write(numbers.limit(part * Float.BYTES));
    }
    return (long) count * Float.BYTES;
  }

  private long append(Rows.Doubles rows) throws IOException {
    int count = rows.values().limit();
    for (int done = 0; done < count; done += numbers.capacity() / Double.BYTES) {
      int part = Math.min(count - done, numbers.capacity() / Double.BYTES);
      numbers.clear();
      numbers.asDoubleBuffer().put(0, rows.values(), done, part);
      write(numbers.limit(part * Double.BYTES));
    }
    return (long) count * Double.BYTES;
  }

  /** Writes one string, shape [1]. */
  Link dataset(String text) throws IOException {
    byte[] utf8 = text.isEmpty() ? new byte[1] : text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer type = little(8).put((byte) 0x13).put((byte) 0x11).putInt(4, utf8.length);
    return dataset(type, append(ByteBuffer.wrap(utf8)), utf8.length, 1);
  }

  private Link dataset(ByteBuffer type, long address, long bytes, long... shape)
      throws IOException {
    ByteBuffer location = little(24).put(new byte[] {3, 1}).putLong(address).putLong(bytes);
    return header(
        message(0x01, space(shape)),
        message(0x03, type),
        message(0x05, fill()),
        message(0x08, location));
  }

  private Link header(ByteBuffer... messages) throws IOException {
    return new Link(append(objectHeader(messages)), UNDEFINED, UNDEFINED);
  }

  private static ByteBuffer space(long... shape) {
    ByteBuffer space = little(8 + 8 * shape.length).put((byte) 1).put((byte) shape.length);
    space.position(8);
    Arrays.stream(shape).forEach(space::putLong);
    return space;
  }

  private static ByteBuffer fill() {
    return little(8).put(new byte[] {2, 2, 2, 1});
  }

  /** Writes a group of previously written members. */
  Link group(Map<String, Link> members) throws IOException {
    SymbolTable table = SymbolTable.write(this, members);
    ByteBuffer message = little(16).putLong(table.tree()).putLong(table.heap());
    long header = append(objectHeader(message(0x11, message)));
    return new Link(header, table.tree(), table.heap());
  }

  /** Writes the superblock, which completes the file. */
  void finish(Link root) throws IOException {
    ByteBuffer block = little(SUPERBLOCK_BYTES);
    block.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
    block.put(new byte[] {0, 0, 0, 0, 0, 8, 8, 0});
    block.putShort((short) SymbolTable.LEAF_K).putShort((short) SymbolTable.INTERNAL_K).putInt(0);
    block.putLong(0).putLong(UNDEFINED).putLong(end).putLong(UNDEFINED).putLong(0);
    root.encode(block);
    channel.position(0);
    ChannelIo.writeFully(channel, block.clear());
    ChannelIo.writeFully(channel, ByteBuffer.wrap(MARK));
  }

  private static ByteBuffer objectHeader(ByteBuffer... messages) {
    int size = Arrays.stream(messages).mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer header = little(16 + size).put((byte) 1).put((byte) 0);
    header.putShort((short) messages.length).putInt(1).putInt(size).putInt(0);
    Arrays.stream(messages).forEach(header::put);
    return header.clear();
  }

  private static ByteBuffer message(int kind, ByteBuffer content) {
    ByteBuffer whole = content.duplicate().clear();
    int size = padded(whole.remaining());
    ByteBuffer message = little(8 + size).putShort((short) kind).putShort((short) size);
    return message.putInt(0).put(whole).clear();
  }

  private static ByteBuffer type(int kind, int bits, int sign, int size, int... properties) {
    ByteBuffer type = little(20).put((byte) kind).put((byte) bits).put((byte) sign).put((byte) 0);
    type.putInt(size).putShort((short) properties[0]).putShort((short) properties[1]);
    for (int i = 2; i < 6; i++) {
      type.put((byte) properties[i]);
    }
    return type.putInt(properties[6]);
  }

  /** Appends a block, padded to a multiple of 8 bytes; returns its address. */
  long append(ByteBuffer block) throws IOException {
    long address = end;
    write(block);
    align();
    return address;
  }

  /** Returns the address of the next block. */
  long end() {
    return end;
  }

  private void align() throws IOException {
    write(ByteBuffer.allocate((int) (-end & 7)));
  }

  private void write(ByteBuffer block) throws IOException {
    channel.position(end);
    end += block.remaining();
    ChannelIo.writeFully(channel, block);
  }

  static int padded(int length) {
    return (length + 7) & ~7;
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
