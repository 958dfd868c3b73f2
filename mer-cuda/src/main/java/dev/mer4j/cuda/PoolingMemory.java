package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import java.util.List;

/** The GPU memory of the attention pooling of a batch's pass. */
final class PoolingMemory {
  private final int hidden;
  private final int padded;
  private final DeviceBuffer weights;
  private final DeviceBuffer outputGradients;
  private final DeviceBuffer vectorGradients;
  private final int[] steps;
  private final int[] rows;

  /**
   * @param modalities M
   * @param hidden H of the parameters
   * @param padded H as padded for the kernels
   */
  PoolingMemory(Device device, int modalities, int hidden, int padded) {
    this.hidden = hidden;
    this.padded = padded;
    weights = device.buffer("weights of the steps");
    outputGradients = device.buffer("gradients of the steps");
    vectorGradients = device.buffer("gradients of the pooling");
    steps = new int[modalities + 1];
    rows = new int[modalities + 1];
  }

  /** Allocates memory for a batch. */
  void allocate(List<PackedRows> modalities, boolean training) {
    for (int m = 0; m < modalities.size(); m++) {
      steps[m + 1] = Math.addExact(steps[m], modalities.get(m).total());
      rows[m + 1] = rows[m] + modalities.get(m).count();
    }
    weights.ensure(steps[modalities.size()]);
    if (training) {
      outputGradients.ensure(2L * steps[modalities.size()] * padded);
      vectorGradients.ensure(2L * rows[modalities.size()] * hidden);
    }
  }

  /** Returns the number of values that a training pass requires for each step. */
  long valuesPerStep() {
    return 1 + 2L * padded;
  }

  /** Returns the address of the weights [S] of a modality's steps. */
  long weights(int modality) {
    return at(weights, steps[modality]);
  }

  /** Returns the address of the gradients [S, H] of one direction's outputs; only in training. */
  long outputGradients(int modality, int half) {
    long own = (long) steps[modality + 1] - steps[modality];
    return at(outputGradients, (2L * steps[modality] + half * own) * padded);
  }

  /**
   * Returns the address of each active row's part [2 · hidden] of the gradient of v; only in
   * training.
   */
  long vectorGradients(int modality) {
    return at(vectorGradients, 2L * rows[modality] * hidden);
  }

  private static long at(DeviceBuffer buffer, long values) {
    return buffer.address() + values * Float.BYTES;
  }
}
