package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.internal.packed.TaskPartition.Columns;
import dev.mer4j.core.parameter.ParameterView;
import java.util.Arrays;

/** The gradients of one direction's weights, from the gates' gradients of all packed rows. */
final class JavaGradients {
  private final Direction direction;
  private final LstmParameters views;
  private final float[] zeros;

  JavaGradients(Direction direction, JavaWeights weights) {
    this.direction = direction;
    views = weights.views();
    zeros = weights.zeros();
  }

  /** Overwrites the gradient of columns of the input weights. */
  void inputs(JavaInput input, Columns part, JavaScratch scratch, float[] gradient) {
    columns(input, input.features(), views.inputWeights(), part, scratch, gradient);
  }

  /**
   * Overwrites the gradient of columns of the recurrent weights, and with the first one that of the
   * biases.
   */
  void recurrent(JavaInput input, Columns part, JavaScratch scratch, float[] gradient) {
    columns(input, before(input), views.recurrentWeights(), part, scratch, gradient);
    if (part.from() == 0) {
      biases(input, scratch, gradient);
    }
  }

  /** Returns [S, H], the hidden states before each step. */
  private float[][] before(JavaInput input) {
    PackedRows rows = input.rows();
    float[][] before = new float[rows.total()][];
    Arrays.fill(before, zeros);
    for (int t = 0; t < rows.steps(); t++) {
      int other = direction == Direction.FORWARD ? t - 1 : t + 1;
      if (other >= 0 && other < rows.steps()) {
        for (int r = 0; r < Math.min(rows.counts()[t], rows.counts()[other]); r++) {
          before[rows.starts()[t] + r] = input.steps(direction).state(other, r);
        }
      }
    }
    return before;
  }

  /** Overwrites the gradient of columns of weights: gradᵀ [4H, S] · left [S, columns]. */
  private void columns(
      JavaInput input,
      float[][] left,
      ParameterView weights,
      Columns part,
      JavaScratch scratch,
      float[] gradient) {
    int gates = 4 * views.hidden();
    float[][] sums = scratch.columns.ensure(part.count(), gates);
    for (int c = 0; c < part.count(); c++) {
      Arrays.fill(sums[c], 0);
    }
    float[][] right = input.steps(direction).gates();
    int total = input.rows().total();
    RowProducts.addTransposed(part.from(), part.count(), total, gates, left, right, sums);
    int width = weights.shape().get(1);
    for (int row = 0; row < gates; row++) {
      int at = weights.offset() + row * width + part.from();
      for (int c = 0; c < part.count(); c++) {
        gradient[at + c] = sums[c][row];
      }
    }
  }

  private void biases(JavaInput input, JavaScratch scratch, float[] gradient) {
    int gates = 4 * views.hidden();
    float[][] sum = scratch.columns.ensure(1, gates);
    Arrays.fill(sum[0], 0);
    RowProducts.addRows(input.rows().total(), gates, input.steps(direction).gates(), sum);
    System.arraycopy(sum[0], 0, gradient, views.inputBias().offset(), gates);
    System.arraycopy(sum[0], 0, gradient, views.recurrentBias().offset(), gates);
  }

  /** Sets the gradient to zero, for a batch without rows. */
  void clear(float[] gradient) {
    clear(views.inputWeights(), gradient);
    clear(views.recurrentWeights(), gradient);
    clear(views.inputBias(), gradient);
    clear(views.recurrentBias(), gradient);
  }

  private static void clear(ParameterView view, float[] gradient) {
    Arrays.fill(gradient, view.offset(), view.offset() + view.size(), 0);
  }
}
