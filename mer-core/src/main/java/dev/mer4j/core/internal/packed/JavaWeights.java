package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Parameters;
import java.util.List;

/**
 * The weights of one direction of one encoder as rows for {@link RowProducts}, reused between
 * inferences.
 */
final class JavaWeights implements LstmWeights {
  /** The columns that are transposed together, as many values as a cache line has. */
  private static final int BLOCK = 16;

  private final LstmParameters views;
  private final Parameters parameters;
  private final PackedParameters packed;
  private final float[][] inputs;
  private final float[][] forward;
  private final float[][] backward;
  private final float[] bias;
  private final float[] zeros;

  JavaWeights(LstmParameters views, Parameters parameters) {
    this.views = views;
    this.parameters = parameters;
    packed =
        new PackedParameters(
            parameters,
            List.of(
                views.inputWeights(),
                views.recurrentWeights(),
                views.inputBias(),
                views.recurrentBias()));
    int gates = 4 * views.hidden();
    inputs = new float[views.inputs()][gates];
    forward = new float[views.hidden()][gates];
    backward = new float[gates][views.hidden()];
    bias = new float[gates];
    zeros = new float[views.hidden()];
  }

  @Override
  public int inputs() {
    return views.inputs();
  }

  /** Returns H. */
  int hidden() {
    return views.hidden();
  }

  /** Returns [D, 4H], the transposed input weights. */
  float[][] inputRows() {
    return inputs;
  }

  /** Returns [H, 4H], the transposed recurrent weights. */
  float[][] forward() {
    return forward;
  }

  /** Returns [4H, H], the recurrent weights. */
  float[][] backward() {
    return backward;
  }

  /** Returns [4H], the sum of both biases. */
  float[] bias() {
    return bias;
  }

  /** Returns [H], the state before the first step. */
  float[] zeros() {
    return zeros;
  }

  LstmParameters views() {
    return views;
  }

  @Override
  public boolean current() {
    return packed.areCurrent();
  }

  @Override
  public void pack() {
    packed.forget();
    float[] values = parameters.read();
    transpose(values, views.inputWeights().offset(), inputs);
    int recurrent = views.recurrentWeights().offset();
    transpose(values, recurrent, forward);
    int hidden = views.hidden();
    for (int row = 0; row < backward.length; row++) {
      System.arraycopy(values, recurrent + row * hidden, backward[row], 0, hidden);
    }
    for (int row = 0; row < bias.length; row++) {
      bias[row] =
          values[views.inputBias().offset() + row] + values[views.recurrentBias().offset() + row];
    }
  }

  @Override
  public void packForInference() {
    packed.pack(this::pack);
  }

  /** Copies a row-major matrix, starting at {@code offset}, to the rows of its transpose. */
  private static void transpose(float[] matrix, int offset, float[][] transposed) {
    int columns = transposed.length;
    for (int first = 0; first < columns; first += BLOCK) {
      int end = Math.min(columns, first + BLOCK);
      for (int row = 0; row < transposed[0].length; row++) {
        for (int column = first; column < end; column++) {
          transposed[column][row] = matrix[offset + row * columns + column];
        }
      }
    }
  }
}
