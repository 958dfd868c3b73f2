package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.AttentionPooling;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.core.internal.cpu.ObjectPool;
import dev.mer4j.core.internal.packed.PackedInput.Slot;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The attention pooling of one modality. The state after a step is the one before the row's next
 * step in that direction, or its last one, so that no more states are kept than for the LSTM's
 * backward pass. Results of a row do not depend on the rows that run with it.
 */
final class PackedPooling {
  private final ParameterView view;
  private final Parameters parameters;
  private final int hidden;
  private final int padded;
  private final ObjectPool<AttentionPooling> pool;

  /**
   * Creates the pooling of a modality.
   *
   * @param weights those of one direction of its encoder
   */
  PackedPooling(Modality modality, Parameters parameters, PackedWeights weights) {
    view = PoolingParameters.of(parameters, modality);
    this.parameters = parameters;
    hidden = weights.hidden();
    padded = weights.padded();
    pool = new ObjectPool<>(() -> new AttentionPooling(2 * hidden), pooling -> {});
  }

  /** Returns 2H. */
  int width() {
    return 2 * hidden;
  }

  /** Writes the pooled half of the states [B, 4H] of the group. */
  void forward(PackedInput input, Group group, float[] states) {
    withParameters(
        pooling -> {
          for (int r = group.first(); r < group.end(); r++) {
            load(input, r, pooling);
            System.arraycopy(pooling.pool(), 0, states, state(input, r), 2 * hidden);
          }
        });
  }

  /**
   * Computes the two factors of the gradient of each step of the group. Precedes the directions'
   * backward passes, which overwrite the last states.
   *
   * @param stateGradients [B, 4H]
   * @param vectorGradients [B, 2H], overwritten by the gradients with respect to v of each row
   */
  void backward(PackedInput input, Group group, float[] stateGradients, float[][] vectorGradients) {
    PackedRows rows = input.rows();
    FloatBuffer factors = input.poolingFactors().view();
    withParameters(
        pooling -> {
          for (int r = group.first(); r < group.end(); r++) {
            load(input, r, pooling);
            pooling.pool();
            int at = state(input, r);
            pooling.backward(
                Arrays.copyOfRange(stateGradients, at, at + 2 * hidden), vectorGradients[r]);
            for (int t = 0; t < rows.lengths()[r]; t++) {
              int packed = rows.starts()[t] + r;
              factors.put(2 * packed, pooling.weight(t));
              factors.put(2 * packed + 1, pooling.scoreGradient(t));
            }
          }
        });
  }

  /** Overwrites the gradient with respect to v by the sum over the rows, in their order. */
  void sum(float[][] vectorGradients, float[] gradient) {
    Arrays.fill(gradient, view.offset(), view.offset() + view.size(), 0);
    for (float[] row : vectorGradients) {
      for (int j = 0; j < row.length; j++) {
        gradient[view.offset() + j] += row[j];
      }
    }
  }

  /** Returns the half of v [H] of a direction. */
  float[] vector(Direction direction) {
    int from = view.offset() + direction.ordinal() * hidden;
    return Arrays.copyOfRange(parameters.values(), from, from + hidden);
  }

  private void withParameters(Consumer<AttentionPooling> work) {
    pool.accept(
        pooling -> {
          pooling.load(view, parameters.values());
          work.accept(pooling);
        });
  }

  private int state(PackedInput input, int r) {
    return (4 * input.rows().rows()[r] + 2) * hidden;
  }

  private void load(PackedInput input, int r, AttentionPooling pooling) {
    PackedRows rows = input.rows();
    int length = rows.lengths()[r];
    float[][] steps = pooling.steps(length);
    for (Direction direction : Direction.values()) {
      FloatBuffer before = input.get(direction, Slot.BEFORE).view();
      FloatBuffer last = input.get(direction, Slot.LAST).view();
      int own = direction.ordinal() * hidden;
      for (int t = 0; t < length; t++) {
        int next = direction == Direction.FORWARD ? t + 1 : t - 1;
        if (next >= 0 && next < length) {
          before.get((rows.starts()[next] + r) * padded, steps[t], own, hidden);
        } else {
          last.get(r * padded, steps[t], own, hidden);
        }
      }
    }
  }
}
