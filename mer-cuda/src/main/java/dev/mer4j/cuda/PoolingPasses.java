package dev.mer4j.cuda;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.cuda.internal.driver.Arguments;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.Kernel;
import dev.mer4j.cuda.internal.driver.Kernel.Launch;
import dev.mer4j.cuda.internal.driver.KernelModule;
import dev.mer4j.data.ModalitySet;
import java.nio.ByteBuffer;
import java.util.List;

/** Enqueues the kernels of attention pooling, each for all modalities. */
final class PoolingPasses {
  private static final int THREADS = 512;

  /** The size of {@code Pooling} in {@code src/main/cuda/pooling.cuh}. */
  private static final int POOLING_BYTES = 96;

  /** The size of an entry of the table of rows. */
  private static final int ROW_BYTES = 4 * Integer.BYTES;

  private final DeviceStream stream;
  private final EncoderTensors tensors;
  private final DeviceParameters parameters;
  private final Workspace workspace;
  private final int padded;
  private final Kernel pool;
  private final Kernel gradients;
  private final Kernel vectorGradients;

  /**
   * @param padded H as padded for the kernels
   */
  PoolingPasses(
      DeviceStream stream,
      KernelModule module,
      EncoderTensors tensors,
      DeviceParameters parameters,
      Workspace workspace,
      int padded) {
    this.stream = stream;
    this.tensors = tensors;
    this.parameters = parameters;
    this.workspace = workspace;
    this.padded = padded;
    pool = module.kernel("mer_pool");
    gradients = module.kernel("mer_pool_gradients");
    vectorGradients = module.kernel("mer_pool_vector_gradients");
  }

  /**
   * Writes the pooled halves of the states, after the forward recurrence.
   *
   * @param rowTable the address of the rows of {@link RecurrenceGroups}, at least one
   */
  void forward(List<PackedRows> modalities, long rowTable) {
    launchForRows(pool, modalities, rowTable);
  }

  /**
   * Computes the gradients of the outputs of all steps, before the backward recurrence.
   *
   * @param rowTable as in {@link #forward}
   */
  void backward(List<PackedRows> modalities, long rowTable) {
    launchForRows(gradients, modalities, rowTable);
  }

  /** Adds the rows' parts of the gradients of v, after {@link #backward}; zero without rows. */
  void vectorGradients(List<PackedRows> modalities) {
    Arguments arguments = poolings(modalities, 0).intValue(tensors.shape().hidden());
    vectorGradients.launch(stream, new Launch(1, modalities.size(), 1, THREADS), arguments);
  }

  private void launchForRows(Kernel kernel, List<PackedRows> modalities, long rowTable) {
    int rows = modalities.stream().mapToInt(PackedRows::count).max().orElseThrow();
    Arguments arguments =
        poolings(modalities, rowTable).intValue(tensors.shape().hidden()).intValue(padded);
    kernel.launch(stream, new Launch(rows, modalities.size(), 1, THREADS), arguments);
  }

  /** Returns {@code Poolings}. */
  private Arguments poolings(List<PackedRows> modalities, long rowTable) {
    return new Arguments()
        .structure(
            ModalitySet.MAX_SIZE * POOLING_BYTES,
            bytes -> {
              long rows = rowTable;
              for (int m = 0; m < modalities.size(); m++) {
                put(bytes, m, modalities.get(m), rows);
                rows += (long) ROW_BYTES * modalities.get(m).count();
              }
            });
  }

  private void put(ByteBuffer bytes, int m, PackedRows packed, long rows) {
    ParameterView vector = tensors.vectors().get(m);
    PoolingMemory memory = workspace.pooling();
    bytes
        .putLong(workspace.previous(m, 0, packed.total()))
        .putLong(workspace.previous(m, 1, packed.total()))
        .putLong(parameters.address(vector))
        .putLong(rows)
        .putLong(workspace.states(m, 0))
        .putLong(workspace.stateGradients(m, 0))
        .putLong(memory.weights(m))
        .putLong(memory.outputGradients(m, 0))
        .putLong(memory.outputGradients(m, 1))
        .putLong(memory.vectorGradients(m))
        .putLong(parameters.gradient() + parameters.byteOffset(vector))
        .putInt(packed.count())
        .putInt(0);
  }
}
