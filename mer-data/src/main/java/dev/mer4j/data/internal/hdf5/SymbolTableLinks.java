package dev.mer4j.data.internal.hdf5;

import java.util.ArrayList;
import java.util.List;

/** The links of an old-style group: a B-tree of names, which are stored in a heap. */
final class SymbolTableLinks {
  private static final int SOFT = 2;

  private final FileBytes file;
  private final Fields names;
  private final List<NamedLink> links = new ArrayList<>();

  private SymbolTableLinks(FileBytes file, Fields names) {
    this.file = file;
    this.names = names;
  }

  static List<NamedLink> read(FileBytes file, long tree, long heap) {
    SymbolTableLinks table = new SymbolTableLinks(file, names(file, heap));
    new BTree1(file, BTree1.GROUP, file.lengthBytes())
        .forEachLeaf(tree, (key, address) -> table.addNode(address));
    return table.links;
  }

  private static Fields names(FileBytes file, long heap) {
    Fields header = file.read(heap, 8L + 2L * file.lengthBytes() + file.offsetBytes());
    header.signature("HEAP");
    header.version("local heap", 0);
    header.skip(3);
    long size = header.length();
    header.length();
    return file.read(header.offset(), size);
  }

  private void addNode(long address) {
    Fields prefix = file.read(address, 8);
    prefix.signature("SNOD");
    prefix.version("symbol table node", 1);
    prefix.skip(1);
    int count = prefix.unsigned16();
    Fields entries = file.read(address + 8, count * (2L * file.offsetBytes() + 24));
    for (int i = 0; i < count; i++) {
      String name = name(entries.offset());
      long header = entries.offset();
      long kind = entries.unsigned32();
      entries.skip(4);
      long softName = entries.unsigned32();
      entries.skip(12);
      Link link = kind == SOFT ? new Link.Soft(name(softName)) : new Link.Hard(header);
      links.add(new NamedLink(name, link, 0));
    }
  }

  private String name(long offset) {
    names.position(offset);
    return names.text();
  }
}
