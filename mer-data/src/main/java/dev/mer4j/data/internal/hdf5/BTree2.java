package dev.mer4j.data.internal.hdf5;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A version 2 B-tree; all records are read at once. */
final class BTree2 {
  private static final int NODE_OVERHEAD = 10;
  private static final int MAX_DEPTH = 16;

  private final FileBytes file;
  private final long nodeBytes;
  private final int recordBytes;
  private final List<Fields> records = new ArrayList<>();

  private BTree2(FileBytes file, long nodeBytes, int recordBytes) {
    this.file = file;
    this.nodeBytes = nodeBytes;
    this.recordBytes = recordBytes;
  }

  /** Returns the records of a tree in order; empty if no tree exists. */
  static List<Fields> read(FileBytes file, long address) {
    if (address == Fields.UNDEFINED) {
      return List.of();
    }
    Fields header = file.read(address, 22L + file.offsetBytes() + file.lengthBytes());
    header.signature("BTHD");
    header.version("a B-tree", 0);
    header.skip(1);
    long nodeBytes = header.unsigned32();
    int recordBytes = header.unsigned16();
    int depth = header.unsigned16();
    header.skip(2);
    long root = header.offset();
    int count = header.unsigned16();
    header.length();
    header.checksum();
    if (recordBytes == 0 || depth > MAX_DEPTH) {
      throw new Hdf5Exception(String.format(Locale.ROOT, "B-tree of depth %d", depth));
    }
    BTree2 tree = new BTree2(file, nodeBytes, recordBytes);
    if (root != Fields.UNDEFINED) {
      tree.readNode(root, depth, count);
    }
    return tree.records;
  }

  private void readNode(long address, int depth, int count) {
    int countBytes = bytesFor(maxInLeaf());
    int totalBytes = depth > 1 ? bytesFor(maxBelow(depth - 1)) : 0;
    int pointerBytes = depth == 0 ? 0 : file.offsetBytes() + countBytes + totalBytes;
    long pointers = depth == 0 ? 0 : (count + 1L) * pointerBytes;
    Fields node = file.read(address, NODE_OVERHEAD + (long) count * recordBytes + pointers);
    node.signature(depth == 0 ? "BTLF" : "BTIN");
    node.version("a B-tree's node", 0);
    node.skip(1);
    List<Fields> own = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      own.add(node.part(recordBytes));
    }
    Fields below = node.part(pointers);
    node.checksum();
    // A record is between its left and right child nodes.
    for (int i = 0; i <= count; i++) {
      if (depth > 0) {
        long child = below.offset();
        int childCount = (int) below.unsigned(countBytes);
        below.skip(totalBytes);
        readNode(child, depth - 1, childCount);
      }
      if (i < count) {
        records.add(own.get(i));
      }
    }
  }

  private long maxInLeaf() {
    return (nodeBytes - NODE_OVERHEAD) / recordBytes;
  }

  /** Returns the maximum number of records of a node at a depth, with all nodes below it. */
  private long maxBelow(int depth) {
    if (depth == 0) {
      return maxInLeaf();
    }
    long child = maxBelow(depth - 1);
    long pointer =
        (long) file.offsetBytes() + bytesFor(maxInLeaf()) + (depth > 1 ? bytesFor(child) : 0);
    long own = (nodeBytes - NODE_OVERHEAD - pointer) / (recordBytes + pointer);
    return (own + 1) * child + own;
  }

  private static int bytesFor(long max) {
    return (63 - Long.numberOfLeadingZeros(Math.max(1, max))) / 8 + 1;
  }
}
