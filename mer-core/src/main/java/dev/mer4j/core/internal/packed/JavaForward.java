package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.internal.packed.PackedDirection.Forward;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import java.util.BitSet;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;

/** The forward pass of one direction of one encoder in plain Java, as in {@code lstm.c}. */
final class JavaForward {
  private final Direction direction;
  private final JavaWeights weights;
  private final int hidden;
  private final int stateWidth;

  /** Creates the pass for states of width {@code stateWidth}. */
  JavaForward(Direction direction, JavaWeights weights, int stateWidth) {
    this.direction = direction;
    this.weights = weights;
    hidden = weights.hidden();
    this.stateWidth = stateWidth;
  }

  /** Computes the contribution of inputs and biases to the gates of packed rows. */
  void project(JavaInput input, int first, int count, JavaScratch scratch) {
    System.arraycopy(input.features(), first, scratch.left, 0, count);
    System.arraycopy(input.steps(direction).gates(), first, scratch.gates, 0, count);
    project(count, scratch);
  }

  private void project(int count, JavaScratch scratch) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(weights.bias(), 0, scratch.gates[i], 0, 4 * hidden);
    }
    RowProducts.add(
        count, weights.inputs(), 4 * hidden, scratch.left, weights.inputRows(), scratch.gates);
  }

  /** Runs the group forward and writes this direction's part of its states [B, E]. */
  void run(JavaInput input, Group group, Forward mode, JavaScratch scratch, float[] states) {
    run(
        input,
        group,
        scratch,
        states,
        (t, at) -> gather(input, t, group, mode, scratch, at),
        count -> {
          if (mode != Forward.PROJECTED) {
            project(count, scratch);
          }
        });
  }

  /** Runs the group forward with copies of projected gates, or the bias where rows are zero. */
  void run(
      JavaInput projected,
      JavaInput input,
      Group group,
      BitSet zero,
      JavaScratch scratch,
      float[] states) {
    float[][] source = projected.steps(direction).gates();
    run(
        input,
        group,
        scratch,
        states,
        (t, at) -> {
          int count = gather(input, t, group, Forward.INFERENCE, scratch, at);
          for (int i = 0; i < count; i++) {
            int row = input.rows().starts()[t] + group.first() + i;
            float[] gates = zero.get(row) ? weights.bias() : source[row];
            System.arraycopy(gates, 0, scratch.gates[at + i], 0, 4 * hidden);
          }
          return count;
        },
        count -> {});
  }

  /** Collects the rows of as many steps as fit, prepares their gates, and runs the steps. */
  private void run(
      JavaInput input,
      Group group,
      JavaScratch scratch,
      float[] states,
      IntBinaryOperator gather,
      IntConsumer project) {
    PackedRows rows = input.rows();
    int steps = rows.steps();
    int done = 0;
    while (done < steps) {
      int end = done;
      int count = 0;
      while (end < steps && count + rows.count(time(end, steps), group) <= LstmKernels.CHUNK) {
        count += gather.applyAsInt(time(end, steps), count);
        end++;
      }
      project.accept(count);
      int at = 0;
      for (; done < end; done++) {
        at += step(input, time(done, steps), group, scratch, at, states);
      }
    }
  }

  private int time(int step, int steps) {
    return direction == Direction.FORWARD ? step : steps - 1 - step;
  }

  /** Collects features and gates of a step and returns their number. */
  private int gather(
      JavaInput input, int t, Group group, Forward mode, JavaScratch scratch, int at) {
    int count = input.rows().count(t, group);
    if (count == 0) {
      return 0;
    }
    int from = input.rows().starts()[t] + group.first();
    float[][] gates =
        mode == Forward.INFERENCE
            ? scratch.inferenceGates.ensure(LstmKernels.CHUNK, 4 * hidden)
            : input.steps(direction).gates();
    System.arraycopy(input.features(), from, scratch.left, at, count);
    System.arraycopy(gates, mode == Forward.INFERENCE ? at : from, scratch.gates, at, count);
    return count;
  }

  /** Runs a step whose gates start at {@code at}, and returns the number of its rows. */
  private int step(
      JavaInput input, int t, Group group, JavaScratch scratch, int at, float[] states) {
    PackedRows rows = input.rows();
    JavaSteps steps = input.steps(direction);
    int before = direction == Direction.FORWARD ? t - 1 : t + 1;
    int count = rows.count(t, group);
    int continued = Math.min(count, rows.count(before, group));
    System.arraycopy(scratch.gates, at, scratch.sums, 0, count);
    for (int i = 0; i < continued; i++) {
      scratch.left[i] = steps.state(before, group.first() + i);
    }
    RowProducts.add(continued, hidden, 4 * hidden, scratch.left, weights.forward(), scratch.sums);
    for (int i = 0; i < count; i++) {
      int r = group.first() + i;
      float[] cell = i < continued ? steps.cell(before, r) : weights.zeros();
      scratch.cell.forward(scratch.sums[i], cell, steps.cell(t, r), steps.state(t, r));
    }
    int after = direction == Direction.FORWARD ? t + 1 : t - 1;
    for (int i = Math.min(count, rows.count(after, group)); i < count; i++) {
      int r = group.first() + i;
      int state = rows.rows()[r] * stateWidth + direction.ordinal() * hidden;
      System.arraycopy(steps.state(t, r), 0, states, state, hidden);
    }
    return count;
  }
}
