package dev.mer4j.core.encoder.packed;

import com.sun.jna.Pointer;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.encoder.packed.PackedMemory.Slot;
import dev.mer4j.core.parameter.ParameterView;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/**
 * One direction of one encoder: X·W for all steps at once, then the recurrence; backward the
 * recurrence, then the weights' gradients for all steps at once. There is no gradient with respect
 * to the inputs, because nobody needs it.
 */
final class PackedLstm implements AutoCloseable {
  private final LstmKernels kernels;
  private final Direction direction;
  private final float[] parameters;
  private final PackedMemory memory = new PackedMemory();
  private final GateMatrix inputWeights;
  private final GateMatrix recurrentWeights;
  private final GateMatrix inputBias;
  private final GateMatrix recurrentBias;
  private final int inputs;
  private final int hidden;
  private final int padded;

  PackedLstm(LstmKernels kernels, Direction direction, LstmParameters where, float[] parameters) {
    this.kernels = kernels;
    this.direction = direction;
    this.parameters = parameters;
    inputs = where.inputs();
    hidden = where.hidden();
    int multiple = LstmKernels.HIDDEN_MULTIPLE;
    padded = (hidden + multiple - 1) / multiple * multiple;
    inputWeights = matrix(where.inputWeights(), inputs, inputs);
    recurrentWeights = matrix(where.recurrentWeights(), hidden, padded);
    inputBias = matrix(where.inputBias(), 1, 1);
    recurrentBias = matrix(where.recurrentBias(), 1, 1);
  }

  private GateMatrix matrix(ParameterView view, int columns, int paddedColumns) {
    return new GateMatrix(view, hidden, padded, columns, paddedColumns);
  }

  /** A measure of the work of one pass. */
  long cost(PackedRows rows) {
    return (long) rows.total() * (inputs + hidden);
  }

  /**
   * Writes this direction's half of the states [B, 2H]; rows that are not active stay as they are.
   */
  void forward(FloatPointer input, PackedRows rows, boolean training, float[] states) {
    if (rows.total() == 0) {
      return;
    }
    loadWeights();
    long units = (long) rows.total() * padded;
    long batch = (long) rows.batch() * padded;
    Pointer gates = memory.ensure(Slot.GATES, 4 * units);
    contribute(input, rows);
    kernels.mer_lstm_forward(
        rows.steps(),
        rows.counts(),
        rows.starts(),
        padded,
        direction.ordinal(),
        gates,
        memory.ensure(Slot.FORWARD_PANELS, 1),
        memory.ensure(Slot.BIAS, 1),
        memory.ensure(Slot.STATE, 2 * batch),
        memory.ensure(Slot.CELL, batch),
        training ? memory.ensure(Slot.BEFORE, units) : null,
        training ? memory.ensure(Slot.CELLS, units) : null,
        memory.ensure(Slot.LAST, batch));
    FloatBuffer last = memory.get(Slot.LAST).view();
    for (int r = 0; r < rows.batch(); r++) {
      last.get(r * padded, states, state(rows, r), hidden);
    }
  }

  /**
   * Overwrites this direction's share of the gradient [P]; follows a training pass over the same
   * rows.
   */
  void backward(FloatPointer input, PackedRows rows, float[] stateGradients, float[] gradient) {
    if (rows.total() == 0) {
      for (GateMatrix part :
          new GateMatrix[] {inputWeights, recurrentWeights, inputBias, recurrentBias}) {
        Arrays.fill(gradient, part.view().offset(), part.view().offset() + part.view().size(), 0);
      }
      return;
    }
    long batch = (long) rows.batch() * padded;
    memory.get(Slot.LAST).ensureZero(batch);
    FloatBuffer last = memory.get(Slot.LAST).view();
    for (int r = 0; r < rows.batch(); r++) {
      last.put(r * padded, stateGradients, state(rows, r), hidden);
    }
    kernels.mer_lstm_backward(
        rows.steps(),
        rows.counts(),
        rows.starts(),
        padded,
        direction.ordinal(),
        memory.ensure(Slot.GATES, 1),
        memory.ensure(Slot.BACKWARD_PANELS, 1),
        memory.ensure(Slot.CELLS, 1),
        memory.ensure(Slot.LAST, 1),
        memory.ensure(Slot.CELL, 1),
        memory.ensure(Slot.BIAS_GRADIENT, inputBias.size()));
    memory.ensure(Slot.INPUT_WEIGHTS_GRADIENT, inputWeights.size());
    memory.ensure(Slot.RECURRENT_WEIGHTS_GRADIENT, recurrentWeights.size());
    weightGradient(rows, inputs, input, Slot.INPUT_WEIGHTS_GRADIENT);
    weightGradient(rows, padded, memory.matrix(Slot.BEFORE), Slot.RECURRENT_WEIGHTS_GRADIENT);
    inputWeights.get(memory.get(Slot.INPUT_WEIGHTS_GRADIENT).view(), gradient);
    recurrentWeights.get(memory.get(Slot.RECURRENT_WEIGHTS_GRADIENT).view(), gradient);
    inputBias.get(memory.get(Slot.BIAS_GRADIENT).view(), gradient);
    recurrentBias.get(memory.get(Slot.BIAS_GRADIENT).view(), gradient);
  }

  private void loadWeights() {
    load(Slot.INPUT_WEIGHTS, inputWeights);
    load(Slot.RECURRENT_WEIGHTS, recurrentWeights);
    load(Slot.BIAS, inputBias);
    FloatBuffer bias = memory.get(Slot.BIAS).view();
    for (int gate = 0; gate < 4; gate++) {
      for (int j = 0; j < hidden; j++) {
        int at = gate * padded + j;
        float other = parameters[recurrentBias.view().offset() + gate * hidden + j];
        bias.put(at, bias.get(at) + other);
      }
    }
    kernels.mer_lstm_pack(
        padded,
        memory.ensure(Slot.RECURRENT_WEIGHTS, 1),
        memory.ensure(Slot.FORWARD_PANELS, recurrentWeights.size()),
        memory.ensure(Slot.BACKWARD_PANELS, recurrentWeights.size()));
  }

  private void load(Slot slot, GateMatrix matrix) {
    matrix.put(parameters, memory.get(slot).ensureView(matrix.size()));
  }

  /** What the inputs contribute to the gates: [S, 4H] = X [S, D] · W [4H, D]ᵀ. */
  private void contribute(FloatPointer input, PackedRows rows) {
    dnnl.dnnl_sgemm(
        (byte) 'N',
        (byte) 'T',
        rows.total(),
        4L * padded,
        inputs,
        1,
        input,
        inputs,
        memory.matrix(Slot.INPUT_WEIGHTS),
        inputs,
        0,
        memory.matrix(Slot.GATES),
        4L * padded);
  }

  /** [4H, N] = dgates [S, 4H]ᵀ · right [S, N]. */
  private void weightGradient(PackedRows rows, int columns, FloatPointer right, Slot target) {
    dnnl.dnnl_sgemm(
        (byte) 'T',
        (byte) 'N',
        4L * padded,
        columns,
        rows.total(),
        1,
        memory.matrix(Slot.GATES),
        4L * padded,
        right,
        columns,
        0,
        memory.matrix(target),
        columns);
  }

  private int state(PackedRows rows, int r) {
    return (2 * rows.rows()[r] + direction.ordinal()) * hidden;
  }

  @Override
  public void close() {
    memory.close();
  }
}
