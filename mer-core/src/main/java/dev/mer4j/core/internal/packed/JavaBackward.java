package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The backward recurrence of one direction of one encoder in plain Java, as in {@code lstm.c}. */
final class JavaBackward {
  private final Direction direction;
  private final JavaWeights weights;
  private final int hidden;
  private final int stateWidth;

  /** Creates the pass for states of width {@code stateWidth}. */
  JavaBackward(Direction direction, JavaWeights weights, int stateWidth) {
    this.direction = direction;
    this.weights = weights;
    hidden = weights.hidden();
    this.stateWidth = stateWidth;
  }

  /**
   * Replaces the gates of the group by their gradients, from the gradients of its states.
   *
   * @param stateGradients [B, E]
   * @param pooling after its backward pass; null without pooling
   */
  void run(
      JavaInput input,
      Group group,
      JavaScratch scratch,
      float[] stateGradients,
      @Nullable PackedPooling pooling) {
    PackedRows rows = input.rows();
    int count = group.end() - group.first();
    float[][] states = scratch.states.ensure(count, hidden);
    float[][] cells = scratch.cells.ensure(count, hidden);
    for (int i = 0; i < count; i++) {
      int row = rows.rows()[group.first() + i];
      int state = row * stateWidth + direction.ordinal() * hidden;
      System.arraycopy(stateGradients, state, states[i], 0, hidden);
      Arrays.fill(cells[i], 0);
    }
    float[] vector = pooling == null ? new float[0] : pooling.vector(direction);
    int steps = rows.steps();
    for (int s = 0; s < steps; s++) {
      int t = direction == Direction.FORWARD ? steps - 1 - s : s;
      if (pooling != null) {
        addPooled(input, t, group, states, stateGradients, vector);
      }
      step(input, t, group, scratch);
    }
  }

  /** Adds {@code α_t·dp + s_t·v} to the gradients [rows, H] of the hidden states of a step. */
  private void addPooled(
      JavaInput input,
      int t,
      Group group,
      float[][] states,
      float[] stateGradients,
      float[] vector) {
    PackedRows rows = input.rows();
    for (int i = 0; i < rows.count(t, group); i++) {
      int r = group.first() + i;
      float weight = input.poolingWeight(rows.starts()[t] + r);
      float score = input.scoreGradient(rows.starts()[t] + r);
      int pooled = rows.rows()[r] * stateWidth + (2 + direction.ordinal()) * hidden;
      for (int j = 0; j < hidden; j++) {
        states[i][j] += weight * stateGradients[pooled + j] + score * vector[j];
      }
    }
  }

  private void step(JavaInput input, int t, Group group, JavaScratch scratch) {
    PackedRows rows = input.rows();
    JavaSteps steps = input.steps(direction);
    float[][] states = scratch.states.rows();
    int before = direction == Direction.FORWARD ? t - 1 : t + 1;
    int count = rows.count(t, group);
    if (count == 0) {
      return;
    }
    int continued = Math.min(count, rows.count(before, group));
    System.arraycopy(steps.gates(), rows.starts()[t] + group.first(), scratch.left, 0, count);
    for (int i = 0; i < count; i++) {
      int r = group.first() + i;
      float[] cell = i < continued ? steps.cell(before, r) : weights.zeros();
      scratch.cell.backward(
          scratch.left[i], cell, steps.cell(t, r), states[i], scratch.cells.rows()[i]);
    }
    for (int i = 0; i < continued; i++) {
      Arrays.fill(states[i], 0);
    }
    RowProducts.add(continued, 4 * hidden, hidden, scratch.left, weights.backward(), states);
  }
}
