package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.AttentionPooling;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.core.internal.cpu.ObjectPool;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The attention pooling of one modality. Results of a row do not depend on the rows that run with
 * it.
 */
final class PackedPooling {
  private final ParameterView view;
  private final Parameters parameters;
  private final int hidden;
  private final ObjectPool<AttentionPooling> pool;

  /** Creates the pooling of a modality with hidden size H. */
  PackedPooling(Modality modality, Parameters parameters, int hidden) {
    view = PoolingParameters.of(parameters, modality);
    this.parameters = parameters;
    this.hidden = hidden;
    pool = new ObjectPool<>(() -> new AttentionPooling(2 * hidden), pooling -> {});
  }

  /** Returns 2H. */
  int width() {
    return 2 * hidden;
  }

  /** Writes the pooled half of the states [B, 4H] of the group. */
  void forward(PooledSteps input, Group group, float[] states) {
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
  void backward(PooledSteps input, Group group, float[] stateGradients, float[][] vectorGradients) {
    PackedRows rows = input.rows();
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
              input.setFactors(packed, pooling.weight(t), pooling.scoreGradient(t));
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
    return Arrays.copyOfRange(parameters.read(), from, from + hidden);
  }

  private void withParameters(Consumer<AttentionPooling> work) {
    pool.accept(
        pooling -> {
          pooling.load(view, parameters.read());
          work.accept(pooling);
        });
  }

  private int state(PooledSteps input, int r) {
    return (4 * input.rows().rows()[r] + 2) * hidden;
  }

  private void load(PooledSteps input, int r, AttentionPooling pooling) {
    input.copyStates(r, hidden, pooling.steps(input.rows().lengths()[r]));
  }
}
