package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.Arguments;
import dev.mer4j.data.ModalitySet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Writes the structures of {@code src/main/cuda/layout.cuh} for the encoders' kernels, with one
 * entry for each direction.
 */
final class PassArguments {
  private static final int MAX_DIRECTIONS = 2 * ModalitySet.MAX_SIZE;
  private static final int PACK_BYTES = 24;
  private static final int PROJECTION_BYTES = 48;
  private static final int DIRECTION_BYTES = 48;
  private static final int PRODUCT_BYTES = 56;

  private final EncoderTensors tensors;
  private final List<EncoderDirection> directions;
  private final DeviceParameters parameters;
  private final Workspace workspace;
  private final Panels panels;
  private final int hidden;

  PassArguments(
      EncoderTensors tensors, DeviceParameters parameters, Workspace workspace, Panels panels) {
    this.tensors = tensors;
    this.directions = tensors.directions();
    this.parameters = parameters;
    this.workspace = workspace;
    this.panels = panels;
    this.hidden = tensors.shape().hidden();
  }

  /** Returns {@code Packs}: the recurrent weights and the addresses of their panels. */
  Arguments packs() {
    return each(
        PACK_BYTES,
        (bytes, d) ->
            bytes
                .putLong(parameters.address(directions.get(d).views().recurrentWeights()))
                .putLong(panels.address(d, false))
                .putLong(panels.address(d, true)));
  }

  /** Returns {@code Projections}. */
  Arguments projections(List<PackedRows> modalities) {
    return each(
        PROJECTION_BYTES,
        (bytes, d) -> {
          EncoderDirection direction = directions.get(d);
          bytes
              .putLong(workspace.inputs(d / 2))
              .putLong(parameters.address(direction.views().inputWeights()))
              .putLong(parameters.address(direction.views().inputBias()))
              .putLong(parameters.address(direction.views().recurrentBias()))
              .putLong(gates(modalities, d))
              .putInt(modalities.get(d / 2).total())
              .putInt(direction.views().inputs());
        });
  }

  /** Returns {@code Directions} of the recurrence. */
  Arguments directions(List<PackedRows> modalities, boolean backward) {
    return each(
        DIRECTION_BYTES,
        (bytes, d) -> {
          int total = modalities.get(d / 2).total();
          int half = directions.get(d).half();
          bytes
              .putLong(gates(modalities, d))
              .putLong(workspace.cells(d / 2, half, total))
              .putLong(
                  backward && workspace.isPooled()
                      ? workspace.pooling().outputGradients(d / 2, half)
                      : workspace.previous(d / 2, half, total))
              .putLong(panels.address(d, backward))
              .putLong(
                  backward ? workspace.stateGradients(d / 2, half) : workspace.states(d / 2, half))
              .putInt(half)
              .putInt(tensors.shape().stateWidth());
        });
  }

  /**
   * Returns {@code Products}: for each direction the gradients of the input weights, then those of
   * the recurrent weights and both biases.
   *
   * @param target the address of the gradient
   */
  Arguments products(List<PackedRows> modalities, long target) {
    return each(
        2 * PRODUCT_BYTES,
        (bytes, d) -> {
          EncoderDirection direction = directions.get(d);
          int total = modalities.get(d / 2).total();
          int inputs = direction.views().inputs();
          bytes
              .putLong(gates(modalities, d))
              .putLong(workspace.inputs(d / 2))
              .putLong(target + parameters.byteOffset(direction.views().inputWeights()))
              .putLong(0)
              .putLong(0)
              .putInt(total)
              .putInt(inputs)
              .putInt(inputs)
              .putInt(0);
          bytes
              .putLong(gates(modalities, d))
              .putLong(workspace.previous(d / 2, direction.half(), total))
              .putLong(target + parameters.byteOffset(direction.views().recurrentWeights()))
              .putLong(target + parameters.byteOffset(direction.views().inputBias()))
              .putLong(target + parameters.byteOffset(direction.views().recurrentBias()))
              .putInt(total)
              .putInt(hidden)
              .putInt(panels.hidden())
              .putInt(0);
        });
  }

  private Arguments each(int size, ObjIntConsumer<ByteBuffer> entry) {
    return new Arguments()
        .structure(
            MAX_DIRECTIONS * size,
            bytes -> {
              for (int d = 0; d < directions.size(); d++) {
                entry.accept(bytes, d);
              }
            });
  }

  private long gates(List<PackedRows> modalities, int d) {
    return workspace.gates(d / 2, directions.get(d).half(), modalities.get(d / 2).total());
  }
}
