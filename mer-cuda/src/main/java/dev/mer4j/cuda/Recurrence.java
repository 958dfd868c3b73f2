package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.DeviceInfo;
import dev.mer4j.cuda.internal.driver.Kernel.Launch;
import java.util.List;

/**
 * The persistent kernels for one hidden size on one GPU, and how much of it they take.
 *
 * <p>A block keeps what it can of the recurrent matrix in registers, some more in shared memory and
 * reads the rest from the second-level cache at every step; a cluster of blocks shares the matrix
 * out among its blocks.
 *
 * @param hidden H, padded
 * @param cluster how many blocks share a group of rows
 * @param threads of a block
 * @param chunks how many chunks of the matrix are neither in registers nor, by themselves, anywhere
 *     else on chip
 * @param blocks how many blocks the GPU runs at once
 * @param sharedBytes the most shared memory of a block
 */
record Recurrence(int hidden, int cluster, int threads, int chunks, int blocks, int sharedBytes) {
  private static final int MOST_ROWS = 16;
  private static final int DECLARED_BYTES = 1024;
  private static final int CHUNK_BYTES_OF_A_THREAD = 64;

  /** The largest H that there are kernels for. */
  static final int LARGEST = 256;

  /** The kernels to use for a hidden size of up to {@link #LARGEST}. */
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
        ? new Recurrence(LARGEST, 8, 256, 0, blocks, shared)
        : new Recurrence(LARGEST, 1, 256, 56, blocks, shared);
  }

  boolean clustered() {
    return cluster > 1;
  }

  /** The kernel's name, but for its prefix. */
  String suffix() {
    return "_h" + hidden;
  }

  /**
   * How many rows a group is to have: as few as keep all groups running at once, since a step takes
   * the longer the more rows there are; else as many as fit.
   */
  int groupRows(List<PackedRows> modalities) {
    int most = Math.min(MOST_ROWS, (room() / (Float.BYTES * rowValues(true))) & ~1);
    for (int rows = 2; rows < most; rows += 2) {
      if (RecurrenceGroups.groups(modalities, rows) * cluster <= blocks) {
        return rows;
      }
    }
    return most;
  }

  /** How many chunks of the matrix fit in shared memory beside the rows. */
  int resident(int groupRows, boolean backward) {
    int left = room() - Float.BYTES * groupRows * rowValues(backward);
    return Math.min(chunks, left / chunkBytes());
  }

  Launch launch(int groups, int groupRows, boolean backward) {
    int shared =
        Float.BYTES * groupRows * rowValues(backward)
            + resident(groupRows, backward) * chunkBytes();
    return new Launch(groups * cluster, 1, 1, threads, shared);
  }

  /** The values that a block keeps of each row: what travels between units, and its own cells. */
  private int rowValues(boolean backward) {
    return (backward ? 8 : 2) * hidden + hidden / cluster;
  }

  private int chunkBytes() {
    return CHUNK_BYTES_OF_A_THREAD * threads;
  }

  private int room() {
    return sharedBytes - DECLARED_BYTES;
  }
}
