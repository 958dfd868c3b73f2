package dev.mer4j.data.csd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/**
 * Writes the chunks of one table [n, D], compressed on all processors, and their B-tree.
 *
 * <p>Source: HDF5 File Format Specification, version 3.0, sections III.A.1, IV.A.2.i, IV.A.2.l.
 */
final class ChunkOutput {
  private static final int FAN = 64;
  private static final int KEY_BYTES = 32;
  private static final int NODE_BYTES = 24 + FAN * 8 + (FAN + 1) * KEY_BYTES;
  private static final int LEVEL = 9;

  private final Rows rows;
  private final int bytesEach;
  private final ChunkShape shape;
  private final int chunksPerRow;

  ChunkOutput(Rows rows) {
    this.rows = rows;
    bytesEach = rows instanceof Rows.Floats ? Float.BYTES : Double.BYTES;
    shape = ChunkShape.of(rows.count(), rows.width(), bytesEach);
    chunksPerRow = ceiling(rows.width(), shape.columns());
  }

  /** Returns the filter message. */
  static ByteBuffer filter() {
    ByteBuffer message = HdfOutput.little(8 + 16 + 8).put(new byte[] {1, 1});
    message.position(8);
    message.putShort((short) 1).putShort((short) 8).putShort((short) 1).putShort((short) 1);
    return message.put("deflate\0".getBytes(StandardCharsets.US_ASCII)).putInt(LEVEL);
  }

  /** Writes the chunks and the tree; returns the layout message. */
  ByteBuffer write(HdfOutput output) throws IOException {
    int count = ceiling(rows.count(), shape.rows()) * chunksPerRow;
    List<byte[]> deflated = IntStream.range(0, count).parallel().mapToObj(this::deflated).toList();
    List<Child> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long address = output.append(ByteBuffer.wrap(deflated.get(i)));
      chunks.add(
          new Child(address, key(deflated.get(i).length, i / chunksPerRow, i % chunksPerRow, 0)));
    }
    List<Child> level = chunks;
    for (int height = 0; height == 0 || level.size() > 1; height++) {
      level = nodes(output, level, height);
    }
    ByteBuffer message = HdfOutput.little(24).put(new byte[] {3, 2, 3});
    message.putLong(level.get(0).address());
    return message.putInt(shape.rows()).putInt(shape.columns()).putInt(bytesEach);
  }

  /** A child of a tree node, and the key to its left. */
  private record Child(long address, ByteBuffer key) {}

  private List<Child> nodes(HdfOutput output, List<Child> below, int height) throws IOException {
    int count = ceiling(below.size(), FAN);
    long base = output.end();
    List<Child> nodes = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      List<Child> children = below.subList(n * FAN, Math.min((n + 1) * FAN, below.size()));
      boolean last = n == count - 1;
      ByteBuffer node = HdfOutput.little(NODE_BYTES);
      node.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) height);
      node.putShort((short) children.size());
      node.putLong(n == 0 ? HdfOutput.UNDEFINED : base + (n - 1L) * NODE_BYTES);
      node.putLong(last ? HdfOutput.UNDEFINED : base + (n + 1L) * NODE_BYTES);
      for (Child child : children) {
        node.put(child.key().duplicate()).putLong(child.address());
      }
      node.put((last ? end() : below.get((n + 1) * FAN).key()).duplicate());
      nodes.add(new Child(output.append(node.clear()), children.get(0).key()));
    }
    return nodes;
  }

  /** Returns the key after all chunks. */
  private ByteBuffer end() {
    return key(0, ceiling(rows.count(), shape.rows()), chunksPerRow, 1);
  }

  private ByteBuffer key(int bytes, int down, int right, int beyond) {
    ByteBuffer key = HdfOutput.little(KEY_BYTES).putInt(bytes).putInt(0);
    key.putLong((long) down * shape.rows()).putLong((long) right * shape.columns());
    return key.putLong((long) beyond * bytesEach).clear();
  }

  /** Returns a compressed chunk. A chunk is stored whole; elements outside the table are 0. */
  private byte[] deflated(int chunk) {
    int top = chunk / chunksPerRow * shape.rows();
    int left = chunk % chunksPerRow * shape.columns();
    int columns = Math.min(shape.columns(), rows.width() - left);
    byte[] chunkBytes = new byte[shape.rows() * shape.columns() * bytesEach];
    ByteBuffer content = ByteBuffer.wrap(chunkBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < Math.min(shape.rows(), rows.count() - top); row++) {
      int from = (top + row) * rows.width() + left;
      int to = row * shape.columns();
      if (rows instanceof Rows.Floats floats) {
        content.asFloatBuffer().put(to, floats.values(), from, columns);
      } else {
        content.asDoubleBuffer().put(to, ((Rows.Doubles) rows).values(), from, columns);
      }
    }
    Deflater deflater = new Deflater(LEVEL);
    try {
      deflater.setInput(chunkBytes);
      deflater.finish();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(chunkBytes.length);
      byte[] part = new byte[1 << 14];
      while (!deflater.finished()) {
        bytes.write(part, 0, deflater.deflate(part));
      }
      return bytes.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static int ceiling(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
