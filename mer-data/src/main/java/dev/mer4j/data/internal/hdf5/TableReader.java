package dev.mer4j.data.internal.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the numbers or strings of tables [n, D]. Elements that were never written have the table's
 * fill value.
 *
 * <p>Not thread-safe.
 */
public final class TableReader {
  private static final int BLOCK_BYTES = 1 << 18;

  /** The number of chunks allowed in any file; further chunks require at least one byte each. */
  private static final long FREE_CHUNKS = 1 << 20;

  /** The maximum compression ratio of Deflate. */
  private static final long HIGHEST_COMPRESSION = 1032;

  private final FileBytes file;

  TableReader(FileBytes file) {
    this.file = file;
  }

  /** Reads numbers of a type that is representable as float into a buffer, from index 0. */
  public void read(Dataset dataset, FloatBuffer target) throws IOException {
    NumberType type = type(dataset);
    read(dataset, type.size(), NumberTarget.of(type, dataset.fillValue(), target));
  }

  /** Reads numbers into a buffer, from index 0, rounded to the nearest double. */
  public void read(Dataset dataset, DoubleBuffer target) throws IOException {
    NumberType type = type(dataset);
    read(dataset, type.size(), NumberTarget.of(type, dataset.fillValue(), target));
  }

  /**
   * Reads the strings of a table of {@link Dataset#strings}, in row-major order.
   *
   * @throws Hdf5Exception if the file is damaged
   */
  public List<String> readStrings(Dataset dataset) throws IOException {
    StringType type = dataset.strings();
    if (type == null) {
      throw new UnsupportedHdf5Exception("values of type " + dataset.typeName());
    }
    long[] size = dataset.space().dimensions();
    int count = Math.toIntExact(Math.multiplyExact(size[0], size[1]));
    if ((long) count * dataset.fillValue().length > file.size() * HIGHEST_COMPRESSION) {
      throw new Hdf5Exception("strings that exceed the size of the file");
    }
    ByteTarget target = new ByteTarget(count, dataset.fillValue());
    read(dataset, dataset.fillValue().length, target);
    GlobalHeap heap = new GlobalHeap(file);
    List<String> strings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] bytes = type.variable() ? heap.read(target.fields(i, file)) : target.element(i);
      strings.add(type.decode(bytes));
    }
    return strings;
  }

  /** Reads the raw bytes of a contiguous table, up to the buffer's limit. */
  public void readBytes(Dataset dataset, ByteBuffer target) throws IOException {
    Layout.Contiguous layout = (Layout.Contiguous) dataset.layout();
    file.readFully(target, file.position(layout.address(), target.remaining()));
  }

  private static NumberType type(Dataset dataset) {
    NumberType type = dataset.number();
    if (type == null) {
      throw new UnsupportedHdf5Exception("values of type " + dataset.typeName());
    }
    return type;
  }

  private void read(Dataset dataset, int elementBytes, ElementTarget target) throws IOException {
    long[] size = dataset.space().dimensions();
    int count = Math.toIntExact(Math.multiplyExact(size[0], size[1]));
    if (dataset.layout() instanceof Layout.Chunked chunked) {
      readChunks(dataset, chunked, elementBytes, target);
    } else if (dataset.layout() instanceof Layout.Compact compact) {
      if (compact.content().length < (long) count * elementBytes) {
        throw new Hdf5Exception("compact dataset is truncated");
      }
      target.from(compact.content());
      target.put(0, 0, count);
    } else if (dataset.isContiguous()) {
      readContiguous(((Layout.Contiguous) dataset.layout()).address(), count, elementBytes, target);
    } else {
      target.fill(0, count);
    }
  }

  private void readContiguous(long address, int count, int elementBytes, ElementTarget target)
      throws IOException {
    long position = file.position(address, (long) count * elementBytes);
    int max = Math.max(1, BLOCK_BYTES / elementBytes);
    byte[] block = new byte[Math.min(count, max) * elementBytes];
    target.from(block);
    for (int done = 0; done < count; done += max) {
      int part = Math.min(max, count - done);
      ByteBuffer bytes = ByteBuffer.wrap(block, 0, part * elementBytes);
      file.readFully(bytes, position + (long) done * elementBytes);
      target.put(done, 0, part);
    }
  }

  private void readChunks(
      Dataset dataset, Layout.Chunked layout, int elementBytes, ElementTarget target)
      throws IOException {
    ChunkGrid grid = ChunkGrid.of(dataset.space(), layout, elementBytes);
    if ((long) grid.down() * grid.across() > Math.max(FREE_CHUNKS, file.size())) {
      throw new Hdf5Exception(
          String.format(Locale.ROOT, "%d x %d chunks", grid.down(), grid.across()));
    }
    int chunkBytes = grid.chunkRows() * grid.chunkColumns() * elementBytes;
    ChunkIndex index = ChunkIndex.open(file, layout, grid, chunkBytes);
    long stored = 0;
    try (ChunkDecoder decoder = new ChunkDecoder()) {
      for (int row = 0; row < grid.down(); row++) {
        for (int column = 0; column < grid.across(); column++) {
          StoredChunk chunk = index.find(row, column);
          if (chunk != null) {
            boolean plain = layout.edgesUnfiltered() && grid.reachesBeyond(row, column);
            long bytes = plain ? chunkBytes : chunk.bytes();
            stored += bytes;
            if (stored > file.size()) {
              throw new Hdf5Exception("overlapping chunks");
            }
            byte[] content = decoder.buffer(Math.toIntExact(bytes));
            long position = file.position(chunk.address(), bytes);
            file.readFully(ByteBuffer.wrap(content, 0, (int) bytes), position);
            int skipped = plain ? -1 : chunk.skipped();
            target.from(decoder.decode(dataset.pipeline(), (int) bytes, skipped, chunkBytes));
          }
          put(grid, row, column, chunk != null, target);
        }
      }
    }
  }

  /** Puts the part of a chunk that is within the table into the target. */
  private static void put(
      ChunkGrid grid, int row, int column, boolean written, ElementTarget target) {
    int top = row * grid.chunkRows();
    int left = column * grid.chunkColumns();
    int columns = Math.min(grid.chunkColumns(), grid.columns() - left);
    for (int r = 0; r < Math.min(grid.chunkRows(), grid.rows() - top); r++) {
      int to = (top + r) * grid.columns() + left;
      if (written) {
        target.put(to, r * grid.chunkColumns(), columns);
      } else {
        target.fill(to, columns);
      }
    }
  }
}
