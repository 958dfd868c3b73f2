package dev.mer4j.data.internal.hdf5;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that describe a group, a dataset or a committed datatype. */
final class ObjectHeader {
  static final int DATASPACE = 1;
  static final int LINK_INFO = 2;
  static final int DATATYPE = 3;
  static final int OLD_FILL_VALUE = 4;
  static final int FILL_VALUE = 5;
  static final int LINK = 6;
  static final int EXTERNAL_FILES = 7;
  static final int LAYOUT = 8;
  static final int FILTERS = 11;
  static final int SYMBOL_TABLE = 17;
  private static final int CONTINUATION = 16;
  private static final int SHARED = 2;
  private static final int MAX_BLOCKS = 1000;
  private static final int MAX_SHARING = 4;

  private final FileBytes file;
  private final List<Message> messages = new ArrayList<>();

  private record Message(int type, boolean shared, Fields content) {}

  private record Block(long address, long length) {}

  private ObjectHeader(FileBytes file) {
    this.file = file;
  }

  static ObjectHeader read(FileBytes file, long address) {
    ObjectHeader header = new ObjectHeader(file);
    if (file.read(address, 1).unsigned8() == 1) {
      header.readFirst(address);
    } else {
      header.readSecond(address);
    }
    return header;
  }

  boolean has(int type) {
    return messages.stream().anyMatch(message -> message.type() == type);
  }

  /** Returns the first message of a type; null if none exists. */
  @Nullable Fields find(int type) {
    List<Fields> all = all(type);
    return all.isEmpty() ? null : all.get(0);
  }

  /** Returns the first message of a type. */
  Fields get(int type) {
    Fields found = find(type);
    if (found == null) {
      throw new Hdf5Exception("object has no message of type " + type);
    }
    return found;
  }

  /** Returns all messages of a type, with shared ones resolved. */
  List<Fields> all(int type) {
    return all(type, 0);
  }

  private List<Fields> all(int type, int depth) {
    List<Fields> found = new ArrayList<>();
    for (Message message : messages) {
      if (message.type() == type) {
        Fields content = message.content();
        content.position(0);
        if (message.shared()) {
          found.addAll(shared(content, type, depth));
        } else {
          found.add(content);
        }
      }
    }
    return found;
  }

  private List<Fields> shared(Fields content, int type, int depth) {
    int version = content.unsigned8();
    int kind = content.unsigned8();
    if (version != 2 && version != 3) {
      throw new UnsupportedHdf5Exception("shared messages version " + version);
    }
    if (version == 3 && kind != 2) {
      throw new UnsupportedHdf5Exception("messages shared in a heap");
    }
    if (depth == MAX_SHARING) {
      throw new Hdf5Exception("its shared messages have circular references");
    }
    return read(file, content.offset()).all(type, depth + 1);
  }

  private void readFirst(long address) {
    Fields prefix = file.read(address, 12);
    prefix.version("object header", 1);
    prefix.skip(1);
    int count = prefix.unsigned16();
    prefix.skip(4);
    List<Block> blocks = new ArrayList<>(List.of(new Block(address + 16, prefix.unsigned32())));
    int read = 0;
    for (int b = 0; b < blocks.size() && read < count; b++) {
      Fields block = file.read(blocks.get(b).address(), blocks.get(b).length());
      while (block.remaining() >= 8 && read < count) {
        int type = block.unsigned16();
        int size = block.unsigned16();
        int flags = block.unsigned8();
        block.skip(3);
        add(type, flags, block.part(size), blocks);
        read++;
      }
    }
  }

  private void readSecond(long address) {
    Fields prefix = file.read(address, 6);
    prefix.signature("OHDR");
    prefix.version("object header", 2);
    int flags = prefix.unsigned8();
    int before = 6 + ((flags & 0x20) == 0 ? 0 : 16) + ((flags & 0x10) == 0 ? 0 : 4);
    int sizeBytes = 1 << (flags & 3);
    long size = file.read(address + before, sizeBytes).unsigned(sizeBytes);
    List<Block> blocks = new ArrayList<>();
    boolean ordered = (flags & 4) != 0;
    Fields first = file.read(address, before + sizeBytes + size + 4);
    first.skip(before + sizeBytes);
    readMessages(first, ordered, blocks);
    for (int b = 0; b < blocks.size(); b++) {
      Fields block = file.read(blocks.get(b).address(), blocks.get(b).length());
      block.signature("OCHK");
      readMessages(block, ordered, blocks);
    }
  }

  /**
   * Reads the messages before a checksum of 4 bytes. A gap too small for a message may precede the
   * checksum.
   */
  private void readMessages(Fields block, boolean ordered, List<Block> blocks) {
    int prefix = ordered ? 6 : 4;
    while (block.remaining() - 4 >= prefix) {
      int type = block.unsigned8();
      int size = block.unsigned16();
      int flags = block.unsigned8();
      block.skip(prefix - 4);
      add(type, flags, block.part(size), blocks);
    }
    block.skip(block.remaining() - 4);
    block.checksum();
  }

  private void add(int type, int flags, Fields content, List<Block> blocks) {
    if (type == CONTINUATION) {
      if (blocks.size() == MAX_BLOCKS) {
        throw new Hdf5Exception("object header has too many blocks");
      }
      blocks.add(new Block(content.offset(), content.length()));
    } else {
      messages.add(new Message(type, (flags & SHARED) != 0, content));
    }
  }
}
