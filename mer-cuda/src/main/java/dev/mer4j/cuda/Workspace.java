package dev.mer4j.cuda;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import dev.mer4j.data.Modality;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The GPU memory of a batch's pass. */
final class Workspace {
  private static final int ALIGNMENT = 64;

  /** The steps of all blocks of a grid in y. */
  private static final int MAX_STEPS = 65_535 * 128;

  private final List<Integer> widths;
  private final EncoderShape shape;
  private final int padded;
  private final PoolingMemory pooling;
  private final DeviceBuffer inputs;
  private final DeviceBuffer gates;
  private final DeviceBuffer cells;
  private final DeviceBuffer previous;
  private final DeviceBuffer states;
  private final DeviceBuffer stateGradients;
  private final long[] inputOffsets;
  private final long[] rowOffsets;
  private int batch;
  private boolean saved;

  /**
   * @param shape the sizes of the encoders
   * @param padded H as padded for the kernels
   */
  Workspace(Device device, EncoderShape shape, int padded) {
    this.widths = List.copyOf(shape.inputs().values());
    this.shape = shape;
    this.padded = padded;
    pooling = new PoolingMemory(device, widths.size(), shape.hidden(), padded);
    inputs = device.buffer("inputs");
    gates = device.buffer("gates");
    cells = device.buffer("cells");
    previous = device.buffer("hidden states");
    states = device.buffer("final states");
    stateGradients = device.buffer("final states' gradients");
    inputOffsets = new long[widths.size()];
    rowOffsets = new long[widths.size()];
  }

  /**
   * Checks that the kernels can index the steps of a batch: they do so with an {@code int} within
   * the gates [S, 4H] or the inputs [S, D] of a modality.
   *
   * @throws ConfigException if they cannot
   */
  void requireFits(List<Modality> modalities, List<ActiveRows> active) {
    for (int m = 0; m < widths.size(); m++) {
      long steps = Arrays.stream(active.get(m).lengths()).asLongStream().sum();
      int indexed = Integer.MAX_VALUE / Math.max(4 * padded, widths.get(m));
      int limit = Math.min(MAX_STEPS, indexed);
      if (steps > limit) {
        throw new ConfigException(
            String.format(
                Locale.ROOT,
                "a batch with %,d steps of %s in total exceeds the GPU's limit of %,d; use a smaller"
                    + " batch size, or prepare the data with fewer steps",
                steps,
                modalities.get(m).key(),
                limit));
      }
    }
  }

  /** Allocates memory for a batch of {@code batch} rows (B). */
  void allocate(List<PackedRows> modalities, int batch, boolean training) {
    long inputValues = 0;
    long rows = 0;
    for (int m = 0; m < widths.size(); m++) {
      inputOffsets[m] = inputValues;
      rowOffsets[m] = rows;
      long own = (long) modalities.get(m).total() * widths.get(m);
      inputValues += (own + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      rows += 2L * modalities.get(m).total();
    }
    this.batch = batch;
    saved = training || isPooled();
    inputs.ensure(inputValues);
    gates.ensure(4 * rows * padded);
    states.ensure(stateValues());
    if (saved) {
      cells.ensure(rows * padded);
      previous.ensure(rows * padded);
    }
    if (training) {
      stateGradients.ensure(stateValues());
    }
    if (isPooled()) {
      pooling.allocate(modalities, training);
    }
  }

  /** Returns whether the states include those of attention pooling. */
  boolean isPooled() {
    return shape.pooling() == Pooling.ATTENTION;
  }

  /** Returns the memory of attention pooling; allocated only if {@link #isPooled}. */
  PoolingMemory pooling() {
    return pooling;
  }

  /**
   * Returns the memory of a training pass.
   *
   * @param rows B, all with the maximum length
   * @param steps the maximum length of each modality
   */
  long bytes(int rows, int[] steps) {
    long values = 0;
    long pooled = isPooled() ? pooling.valuesPerStep() : 0;
    for (int m = 0; m < widths.size(); m++) {
      // Inputs; then gates, cells and previous outputs of two directions.
      values += (long) rows * steps[m] * (widths.get(m) + 2L * (4 + 1 + 1) * padded + pooled);
    }
    return values * Float.BYTES;
  }

  /** Returns the address of the inputs [S, D] of a modality. */
  long inputs(int modality) {
    return at(inputs, inputOffsets[modality]);
  }

  /**
   * Returns the address of [S, 4H] of one direction: projected inputs, then gates, then their
   * gradients.
   */
  long gates(int modality, int half, int total) {
    return at(gates, 4 * row(modality, half, total) * padded);
  }

  /** Returns the address of the cells [S, H] of one direction; 0 if steps are not saved. */
  long cells(int modality, int half, int total) {
    return saved ? at(cells, row(modality, half, total) * padded) : 0;
  }

  /** Returns the address of the outputs of the previous step [S, H]; 0 if steps are not saved. */
  long previous(int modality, int half, int total) {
    return saved ? at(previous, row(modality, half, total) * padded) : 0;
  }

  /** Returns the address of one direction's columns of the states [B, E]. */
  long states(int modality, int half) {
    return at(states, state(modality, half));
  }

  /** Returns the address of one direction's columns of the state gradients; only in training. */
  long stateGradients(int modality, int half) {
    return at(stateGradients, state(modality, half));
  }

  private long state(int modality, int half) {
    return (long) modality * batch * shape.stateWidth() + (long) half * shape.hidden();
  }

  /** Returns the number of values of all modalities' states. */
  int stateValues() {
    return widths.size() * batch * shape.stateWidth();
  }

  private long row(int modality, int half, int total) {
    return rowOffsets[modality] + (long) half * total;
  }

  private static long at(DeviceBuffer buffer, long values) {
    return buffer.address() + values * Float.BYTES;
  }
}
