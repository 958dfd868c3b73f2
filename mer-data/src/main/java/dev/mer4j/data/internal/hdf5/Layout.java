package dev.mer4j.data.internal.hdf5;

import java.util.Arrays;

/** The storage layout of the elements of a dataset. */
sealed interface Layout {
  String name();

  /** Stored in the object header. */
  record Compact(byte[] content) implements Layout {
    @Override
    public String name() {
      return "compact";
    }
  }

  /**
   * Stored contiguously.
   *
   * @param address {@link Fields#UNDEFINED} if none was ever written
   */
  record Contiguous(long address) implements Layout {
    @Override
    public String name() {
      return "contiguous";
    }
  }

  /**
   * Stored in chunks of equal shape.
   *
   * @param shape the shape of a chunk, in elements
   * @param index the kind of chunk index; its fields are in {@code parameters}
   * @param edgesUnfiltered whether chunks that extend beyond the dataset are unfiltered
   * @param address the address of the index; {@link Fields#UNDEFINED} if no element was ever
   *     written
   */
  record Chunked(
      long[] shape, Index index, Fields parameters, boolean edgesUnfiltered, long address)
      implements Layout {
    @Override
    public String name() {
      return "chunked";
    }
  }

  /** The kinds of index, in the order of their numbers in the format. */
  enum Index {
    B_TREE_1,
    SINGLE,
    IMPLICIT,
    FIXED_ARRAY,
    EXTENSIBLE_ARRAY,
    B_TREE_2
  }

  static Layout read(Fields message) {
    int version = message.unsigned8();
    return switch (version) {
      case 1, 2 -> old(message);
      case 3, 4 -> recent(message, version);
      default -> throw new UnsupportedHdf5Exception("data layout version " + version);
    };
  }

  private static Layout old(Fields message) {
    int rank = message.unsigned8();
    int kind = message.unsigned8();
    message.skip(5);
    long address = kind == 0 ? Fields.UNDEFINED : message.offset();
    long[] shape = sizes(message, rank, 4);
    return switch (kind) {
      case 0 -> new Compact(message.bytes(message.unsigned32()));
      case 1 -> new Contiguous(address);
      case 2 -> new Chunked(withoutLast(shape), Index.B_TREE_1, message, false, address);
      default -> throw new Hdf5Exception("data layout of class " + kind);
    };
  }

  private static Layout recent(Fields message, int version) {
    int kind = message.unsigned8();
    return switch (kind) {
      case 0 -> new Compact(message.bytes(message.unsigned16()));
      case 1 -> new Contiguous(message.offset());
      case 2 -> version == 3 ? chunked(message) : indexed(message);
      case 3 ->
          throw new UnsupportedHdf5Exception(
              "virtual dataset, whose numbers are in other datasets; copy them into this one");
      default -> throw new Hdf5Exception("data layout of class " + kind);
    };
  }

  private static Layout chunked(Fields message) {
    int rank = message.unsigned8();
    long address = message.offset();
    long[] shape = withoutLast(sizes(message, rank, 4));
    return new Chunked(shape, Index.B_TREE_1, message, false, address);
  }

  private static Layout indexed(Fields message) {
    int flags = message.unsigned8();
    int rank = message.unsigned8();
    long[] shape = withoutLast(sizes(message, rank, message.unsigned8()));
    int kind = message.unsigned8();
    int parameterBytes =
        switch (kind) {
          case 1 -> (flags & 2) == 0 ? 0 : message.lengthBytes() + 4;
          case 2 -> 0;
          case 3 -> 1;
          case 4 -> 5;
          case 5 -> 6;
          default -> throw new UnsupportedHdf5Exception("chunk index of type " + kind);
        };
    Fields parameters = message.part(parameterBytes);
    boolean edgesUnfiltered = (flags & 1) != 0;
    return new Chunked(shape, Index.values()[kind], parameters, edgesUnfiltered, message.offset());
  }

  private static long[] sizes(Fields message, int count, int bytes) {
    long[] sizes = new long[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = message.unsigned(bytes);
    }
    return sizes;
  }

  /** The last number of a chunk's shape is the size of an element. */
  private static long[] withoutLast(long[] sizes) {
    return Arrays.copyOf(sizes, Math.max(0, sizes.length - 1));
  }
}
