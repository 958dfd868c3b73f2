package dev.mer4j.data.internal.hdf5;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filters applied to chunks on writing, in order.
 *
 * @param filters at most 32 filters
 */
record FilterPipeline(List<Filter> filters) {
  static final int DEFLATE = 1;
  static final int SHUFFLE = 2;
  static final int FLETCHER32 = 3;
  static final int LZF = 32000;
  private static final int MAX_FILTERS = 32;

  /** The names of unsupported filters. */
  private static final Map<Integer, String> OTHERS =
      Map.of(
          4, "szip",
          5, "nbit",
          6, "scaleoffset",
          307, "bzip2",
          32001, "blosc",
          32004, "lz4",
          32008, "bitshuffle",
          32013, "zfp",
          32015, "zstd",
          32026, "blosc2");

  /**
   * A filter.
   *
   * @param firstValue its first setting; 0 if it has none
   */
  record Filter(int id, int firstValue) {}

  static FilterPipeline read(@Nullable Fields message) {
    List<Filter> filters = new ArrayList<>();
    if (message != null) {
      int version = message.unsigned8();
      if (version != 1 && version != 2) {
        throw new UnsupportedHdf5Exception("filter pipeline version " + version);
      }
      int count = message.unsigned8();
      if (count > MAX_FILTERS) {
        throw new Hdf5Exception("chunks with " + count + " filters");
      }
      message.skip(version == 1 ? 6 : 0);
      for (int i = 0; i < count; i++) {
        filters.add(filter(message, version));
      }
    }
    return new FilterPipeline(List.copyOf(filters));
  }

  private static Filter filter(Fields message, int version) {
    int id = message.unsigned16();
    int nameBytes = version == 2 && id < 256 ? 0 : message.unsigned16();
    message.skip(2);
    int values = message.unsigned16();
    String name = message.text(nameBytes);
    int first = values == 0 ? 0 : (int) message.unsigned32();
    message.skip(4L * Math.max(0, values - 1));
    message.skip(version == 1 && values % 2 == 1 ? 4 : 0);
    if (id != DEFLATE && id != SHUFFLE && id != FLETCHER32 && id != LZF) {
      throw new UnsupportedHdf5Exception(
          String.format(
              Locale.ROOT,
              "chunks with filter %d (%s); write them with gzip or without filters",
              id,
              OTHERS.getOrDefault(id, name.isEmpty() ? "unknown" : name)));
    }
    return new Filter(id, first);
  }
}
