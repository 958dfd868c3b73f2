package dev.mer4j.data.internal.hdf5;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the links of a group, without resolving them. */
final class GroupLinks {
  private GroupLinks() {}

  /** Returns the links in creation order if the file records it, else in the file's order. */
  static Map<String, Link> read(FileBytes file, ObjectHeader header) {
    Fields symbolTable = header.find(ObjectHeader.SYMBOL_TABLE);
    List<NamedLink> links =
        symbolTable == null
            ? newStyle(file, header)
            : SymbolTableLinks.read(file, symbolTable.offset(), symbolTable.offset());
    Map<String, Link> named = new LinkedHashMap<>();
    links.forEach(link -> named.put(link.name(), link.link()));
    return named;
  }

  private static List<NamedLink> newStyle(FileBytes file, ObjectHeader header) {
    Fields info = header.get(ObjectHeader.LINK_INFO);
    info.version("link info message", 0);
    boolean ordered = (info.unsigned8() & 1) != 0;
    info.skip(ordered ? 8 : 0);
    long heapAddress = info.offset();
    long namesAddress = info.offset();
    List<NamedLink> links = new ArrayList<>();
    if (heapAddress == Fields.UNDEFINED) {
      header.all(ObjectHeader.LINK).forEach(message -> links.add(NamedLink.read(message)));
    } else {
      FractalHeap heap = FractalHeap.read(file, heapAddress);
      BTree2.read(file, namesAddress)
          .forEach(
              record -> {
                record.skip(4);
                links.add(NamedLink.read(heap.get(record)));
              });
      // The tree is sorted by a hash of the names.
      links.sort(Comparator.comparing(NamedLink::name));
    }
    if (ordered) {
      links.sort(Comparator.comparingLong(NamedLink::order));
    }
    return links;
  }
}
