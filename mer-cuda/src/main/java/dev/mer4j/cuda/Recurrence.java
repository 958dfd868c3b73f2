package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.DeviceInfo;
import dev.mer4j.cuda.internal.driver.Kernel.Launch;
import java.util.List;

/**
 * The persistent kernels for one hidden size on one GPU, and their resources.
 *
 * <p>A block keeps as much of the recurrent matrix as possible in registers, then in shared memory,
 * and reads the rest from the L2 cache at every step. A cluster splits the matrix among its blocks.
 *
 * @param hidden H, padded
 * @param cluster the number of blocks that share a group of rows
 * @param threads the number of threads of a block
 * @param chunks the number of chunks of the matrix that do not fit in registers
 * @param blocks the number of blocks that the GPU runs at once
 * @param sharedBytes the maximum shared memory of a block
 */
record Recurrence(int hidden, int cluster, int threads, int chunks, int blocks, int sharedBytes) {
  private static final int MAX_ROWS = 16;
  private static final int DECLARED_BYTES = 1024;
  private static final int CHUNK_BYTES_PER_THREAD = 64;

  /** The largest supported H. */
  static final int MAX_HIDDEN = 256;

  /** Returns the kernels for a hidden size of at most {@link #MAX_HIDDEN}. */
  static Recurrence of(int hidden, DeviceInfo device) {
    int blocks = device.multiprocessors();
    int shared = device.sharedBytes();
    boolean clusters = device.isAtLeast(9, 0);
    if (hidden <= 64) {
      return new Recurrence(64, 1, 512, 0, blocks, shared);
    }
    if (hidden <= 128) {
      return clusters
          ? new Recurrence(128, 2, 512, 0, blocks, shared)
          : new Recurrence(128, 1, 512, 4, blocks, shared);
    }
    return clusters
        ? new Recurrence(MAX_HIDDEN, 8, 256, 0, blocks, shared)
        : new Recurrence(MAX_HIDDEN, 1, 256, 56, blocks, shared);
  }

  boolean clustered() {
    return cluster > 1;
  }

  /** Returns the suffix of the kernels' names. */
  String suffix() {
    return "_h" + hidden;
  }

  /**
   * Returns the number of rows per group: the smallest with which all groups run at once, because a
   * step takes longer with more rows; otherwise as many as fit.
   */
  int groupRows(List<PackedRows> modalities) {
    int maxRows = Math.min(MAX_ROWS, (availableBytes() / (Float.BYTES * rowValues(true))) & ~1);
    for (int rows = 2; rows < maxRows; rows += 2) {
      if (RecurrenceGroups.groups(modalities, rows) * cluster <= blocks) {
        return rows;
      }
    }
    return maxRows;
  }

  /** Returns the number of chunks of the matrix that fit in shared memory next to the rows. */
  int resident(int groupRows, boolean backward) {
    int left = availableBytes() - Float.BYTES * groupRows * rowValues(backward);
    return Math.min(chunks, left / chunkBytes());
  }

  Launch launch(int groups, int groupRows, boolean backward) {
    int shared =
        Float.BYTES * groupRows * rowValues(backward)
            + resident(groupRows, backward) * chunkBytes();
    return new Launch(groups * cluster, 1, 1, threads, shared);
  }

  /**
   * Returns the number of values per row in the shared memory of a block: those exchanged between
   * units, and its cells.
   */
  private int rowValues(boolean backward) {
    return (backward ? 8 : 2) * hidden + hidden / cluster;
  }

  private int chunkBytes() {
    return CHUNK_BYTES_PER_THREAD * threads;
  }

  private int availableBytes() {
    return sharedBytes - DECLARED_BYTES;
  }
}
