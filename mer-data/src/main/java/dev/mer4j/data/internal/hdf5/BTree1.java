package dev.mer4j.data.internal.hdf5;

import java.util.Locale;

/** A version 1 B-tree. */
final class BTree1 {
  static final int GROUP = 0;
  static final int CHUNKS = 1;
  private static final int MAX_LEVEL = 32;

  private final FileBytes file;
  private final int kind;
  private final int keyBytes;

  /** Receives the address in a leaf's entry, and the key to its left. */
  @FunctionalInterface
  interface Visitor {
    void visit(Fields key, long address);
  }

  BTree1(FileBytes file, int kind, int keyBytes) {
    this.file = file;
    this.kind = kind;
    this.keyBytes = keyBytes;
  }

  /** Visits all leaf entries below a node, in order. */
  void forEachLeaf(long root, Visitor visitor) {
    visit(root, MAX_LEVEL, visitor);
  }

  private void visit(long address, int highest, Visitor visitor) {
    long prefixBytes = 8 + 2L * file.offsetBytes();
    Fields prefix = file.read(address, prefixBytes);
    prefix.signature("TREE");
    int found = prefix.unsigned8();
    int level = prefix.unsigned8();
    int entries = prefix.unsigned16();
    if (found != kind || level > highest) {
      throw new Hdf5Exception(
          String.format(Locale.ROOT, "B-tree node of type %d and level %d", found, level));
    }
    Fields content =
        file.read(address + prefixBytes, (long) entries * (keyBytes + file.offsetBytes()));
    for (int i = 0; i < entries; i++) {
      Fields key = content.part(keyBytes);
      long child = content.offset();
      if (level == 0) {
        visitor.visit(key, child);
      } else {
        visit(child, level - 1, visitor);
      }
    }
  }
}
