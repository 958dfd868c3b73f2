package dev.mer4j.data.internal.hdf5;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The index of the chunks of a table. */
@FunctionalInterface
interface ChunkIndex {
  /**
   * Returns the location of the chunk at a row and a column of chunks; null if it was never
   * written.
   */
  @Nullable StoredChunk find(int row, int column);

  /**
   * Opens an index.
   *
   * @param chunkBytes the size of an unfiltered chunk
   */
  static ChunkIndex open(FileBytes file, Layout.Chunked layout, ChunkGrid grid, int chunkBytes) {
    long address = layout.address();
    if (address == Fields.UNDEFINED) {
      return (row, column) -> null;
    }
    return switch (layout.index()) {
      case B_TREE_1 -> mapped(tree1(file, address, grid), grid);
      case B_TREE_2 -> mapped(tree2(file, address, chunkBytes, grid), grid);
      case SINGLE -> {
        StoredChunk chunk = single(layout, chunkBytes);
        yield (row, column) -> chunk;
      }
      case IMPLICIT ->
          (row, column) ->
              new StoredChunk(address + grid.number(row, column) * chunkBytes, chunkBytes, 0);
      case FIXED_ARRAY -> {
        FixedArray array = FixedArray.open(file, address, chunkBytes);
        yield (row, column) -> array.get(grid.number(row, column));
      }
      case EXTENSIBLE_ARRAY -> {
        ExtensibleArray array = ExtensibleArray.open(file, address, chunkBytes);
        yield (row, column) -> array.get(grid.number(row, column));
      }
    };
  }

  private static ChunkIndex mapped(Map<Long, StoredChunk> chunks, ChunkGrid grid) {
    return (row, column) -> chunks.get((long) row * grid.across() + column);
  }

  private static StoredChunk single(Layout.Chunked layout, int chunkBytes) {
    Fields parameters = layout.parameters();
    parameters.position(0);
    return parameters.remaining() == 0
        ? new StoredChunk(layout.address(), chunkBytes, 0)
        : new StoredChunk(layout.address(), parameters.length(), (int) parameters.unsigned32());
  }

  private static Map<Long, StoredChunk> tree1(FileBytes file, long address, ChunkGrid grid) {
    Map<Long, StoredChunk> chunks = new HashMap<>();
    new BTree1(file, BTree1.CHUNKS, 8 + 3 * Long.BYTES)
        .forEachLeaf(
            address,
            (key, chunk) -> {
              long bytes = key.unsigned32();
              int mask = (int) key.unsigned32();
              long row = key.unsigned(8) / grid.chunkRows();
              long column = key.unsigned(8) / grid.chunkColumns();
              // A dataset that was shrunk may have chunks beyond its end.
              if (column < grid.across()) {
                chunks.put(row * grid.across() + column, new StoredChunk(chunk, bytes, mask));
              }
            });
    return chunks;
  }

  private static Map<Long, StoredChunk> tree2(
      FileBytes file, long address, int chunkBytes, ChunkGrid grid) {
    Map<Long, StoredChunk> chunks = new HashMap<>();
    List<Fields> records = BTree2.read(file, address);
    for (Fields record : records) {
      int sizeBytes = record.remaining() - file.offsetBytes() - 4 - 2 * Long.BYTES;
      long chunk = record.offset();
      boolean filtered = sizeBytes > 0;
      long bytes = filtered ? record.unsigned(sizeBytes) : chunkBytes;
      int mask = filtered ? (int) record.unsigned32() : 0;
      long row = record.unsigned(8);
      long column = record.unsigned(8);
      if (column < grid.across()) {
        chunks.put(row * grid.across() + column, new StoredChunk(chunk, bytes, mask));
      }
    }
    return chunks;
  }
}
