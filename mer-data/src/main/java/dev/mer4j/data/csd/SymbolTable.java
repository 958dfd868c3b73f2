package dev.mer4j.data.csd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A group's members as stored by HDF5: a heap of names, nodes of symbols, and a B-tree above them.
 *
 * @param tree the address of the B-tree's root
 * @param heap the address of the heap of names
 */
record SymbolTable(long tree, long heap) {
  static final int LEAF_K = 4;
  static final int INTERNAL_K = 16;

  private static final int SYMBOL_NODE_BYTES = 8 + 2 * LEAF_K * 40;
  private static final int TREE_NODE_BYTES = 24 + (4 * INTERNAL_K + 1) * 8;

  static SymbolTable write(HdfOutput output, Map<String, HdfOutput.Link> members)
      throws IOException {
    List<Map.Entry<byte[], HdfOutput.Link>> sorted = new ArrayList<>();
    members.forEach(
        (name, link) -> sorted.add(Map.entry(name.getBytes(StandardCharsets.UTF_8), link)));
    // The B-tree is searched in the order of strcmp.
    sorted.sort(Map.Entry.comparingByKey(Arrays::compareUnsigned));

    long[] nameOffsets = new long[sorted.size()];
    int heapBytes = 8;
    for (int i = 0; i < nameOffsets.length; i++) {
      nameOffsets[i] = heapBytes;
      heapBytes += HdfOutput.padded(sorted.get(i).getKey().length + 1);
    }
    ByteBuffer names = HdfOutput.little(heapBytes);
    for (int i = 0; i < nameOffsets.length; i++) {
      names.position((int) nameOffsets[i]).put(sorted.get(i).getKey());
    }
    long nameData = output.append(names.clear());
    ByteBuffer heap = HdfOutput.little(32).put(ascii("HEAP")).putInt(0);
    heap.putLong(heapBytes).putLong(1).putLong(nameData);
    long heapAddress = output.append(heap.clear());
    return new SymbolTable(tree(output, symbols(output, sorted, nameOffsets)), heapAddress);
  }

  /** A node of the B-tree, or a symbol node below it, with the heap offset of its last name. */
  private record Child(long address, long lastName) {}

  private static List<Child> symbols(
      HdfOutput output, List<Map.Entry<byte[], HdfOutput.Link>> sorted, long[] names)
      throws IOException {
    List<Child> nodes = new ArrayList<>();
    for (int first = 0; first < sorted.size(); first += 2 * LEAF_K) {
      int count = Math.min(2 * LEAF_K, sorted.size() - first);
      ByteBuffer node = HdfOutput.little(SYMBOL_NODE_BYTES).put(ascii("SNOD"));
      node.put((byte) 1).put((byte) 0).putShort((short) count);
      for (int i = first; i < first + count; i++) {
        node.putLong(names[i]);
        sorted.get(i).getValue().encode(node);
      }
      nodes.add(new Child(output.append(node.clear()), names[first + count - 1]));
    }
    return nodes;
  }

  /** Builds the B-tree bottom-up; returns the address of its root. */
  private static long tree(HdfOutput output, List<Child> symbols) throws IOException {
    List<Child> below = symbols;
    int level = 0;
    do {
      below = level(output, below, level++);
    } while (below.size() > 1);
    return below.get(0).address();
  }

  /**
   * Writes the nodes of one level contiguously, because each contains the addresses of its
   * neighbors.
   */
  private static List<Child> level(HdfOutput output, List<Child> below, int level)
      throws IOException {
    int fan = 2 * INTERNAL_K;
    int count = Math.max(1, (below.size() + fan - 1) / fan);
    long base = output.end();
    long nameBefore = 0;
    List<Child> nodes = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      List<Child> children = below.subList(n * fan, Math.min((n + 1) * fan, below.size()));
      ByteBuffer node = HdfOutput.little(TREE_NODE_BYTES).put(ascii("TREE")).put((byte) 0);
      node.put((byte) level).putShort((short) children.size());
      node.putLong(n == 0 ? HdfOutput.UNDEFINED : base + (n - 1L) * TREE_NODE_BYTES);
      node.putLong(n == count - 1 ? HdfOutput.UNDEFINED : base + (n + 1L) * TREE_NODE_BYTES);
      node.putLong(nameBefore);
      for (Child child : children) {
        node.putLong(child.address()).putLong(child.lastName());
        nameBefore = child.lastName();
      }
      nodes.add(new Child(output.append(node.clear()), nameBefore));
    }
    return nodes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
