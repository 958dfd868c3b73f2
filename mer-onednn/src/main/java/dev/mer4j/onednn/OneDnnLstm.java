package dev.mer4j.onednn;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.onednn.LstmMemory.Slot;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one encoder. The reverse direction reads each row backwards within its length,
 * so that padding is last in both, and a row's state is the output at its last step.
 */
final class OneDnnLstm implements AutoCloseable {
  private static final int MAX_PLANS = 64;

  private final engine cpu;
  private final stream queue;
  private final int stateWidth;
  private final Direction direction;
  private final LstmParameters views;
  private final Parameters parameters;
  private final LstmMemory memory = new LstmMemory();
  private final Map<LstmShape, LstmPlan> plans = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable ActiveRows trained;

  OneDnnLstm(
      engine cpu,
      EncoderShape shape,
      Direction direction,
      LstmParameters views,
      Parameters parameters) {
    this.stateWidth = shape.stateWidth();
    this.cpu = cpu;
    this.queue = new stream(cpu);
    this.direction = direction;
    this.views = views;
    this.parameters = parameters;
  }

  /** Returns the relative cost of one pass. */
  long cost(ActiveRows rows) {
    return (long) rows.steps() * rows.count() * (views.inputs() + views.hidden());
  }

  /**
   * Writes this direction's half of the states [B, E] of the active rows; the others are unchanged.
   */
  void forward(Sequences sequences, ActiveRows rows, boolean training, float[] states) {
    trained = training ? rows : null;
    if (rows.count() == 0) {
      return;
    }
    LstmShape shape = shape(rows, training);
    fillInput(sequences, rows, memory.get(Slot.INPUT).ensureView(shape.inputSize()));
    loadWeights();
    plan(shape).forward(queue, memory);
    FloatBuffer output = memory.get(Slot.OUTPUT).view();
    for (int r = 0; r < rows.count(); r++) {
      output.get(last(rows, r), states, state(rows, r), views.hidden());
    }
  }

  /** Loads the gradients [B, E] with respect to the states; those of the other steps are zero. */
  void loadGradient(float[] stateGradients) {
    ActiveRows rows = trained();
    if (rows.count() == 0) {
      return;
    }
    memory.get(Slot.OUTPUT_GRADIENT).ensureZero(shape(rows, true).outputSize());
    FloatBuffer outputGradient = memory.get(Slot.OUTPUT_GRADIENT).view();
    for (int r = 0; r < rows.count(); r++) {
      outputGradient.put(last(rows, r), stateGradients, state(rows, r), views.hidden());
    }
  }

  /**
   * Copies the state after each step of a row to this direction's half of its steps [T, 2H].
   *
   * @param r the index of the active row
   */
  void steps(ActiveRows rows, int r, float[][] steps) {
    FloatBuffer output = memory.get(Slot.OUTPUT).view();
    int hidden = views.hidden();
    for (int t = 0; t < rows.lengths()[r]; t++) {
      output.get(output(rows, r, t), steps[t], direction.ordinal() * hidden, hidden);
    }
  }

  /** Adds this direction's half of a gradient [2H] to that of the state after step t of a row. */
  void addGradient(ActiveRows rows, int r, int t, float[] stepGradient) {
    FloatBuffer outputGradient = memory.get(Slot.OUTPUT_GRADIENT).view();
    int at = output(rows, r, t);
    int own = direction.ordinal() * views.hidden();
    for (int j = 0; j < views.hidden(); j++) {
      outputGradient.put(at + j, outputGradient.get(at + j) + stepGradient[own + j]);
    }
  }

  /** Overwrites this direction's part of the gradient [P], from the loaded gradients. */
  void backward(float[] gradient) {
    ActiveRows rows = trained();
    if (rows.count() == 0) {
      zero(views.inputWeights(), gradient);
      zero(views.recurrentWeights(), gradient);
      zero(views.inputBias(), gradient);
      zero(views.recurrentBias(), gradient);
      return;
    }
    plan(shape(rows, true)).backward(queue, memory);
    get(Slot.INPUT_WEIGHTS_GRADIENT, views.inputWeights(), gradient);
    get(Slot.RECURRENT_WEIGHTS_GRADIENT, views.recurrentWeights(), gradient);
    get(Slot.BIAS_GRADIENT, views.inputBias(), gradient);
    get(Slot.BIAS_GRADIENT, views.recurrentBias(), gradient);
  }

  private ActiveRows trained() {
    if (trained == null) {
      throw new IllegalStateException("backward requires a preceding training pass");
    }
    return trained;
  }

  private LstmShape shape(ActiveRows rows, boolean training) {
    return new LstmShape(rows.steps(), rows.count(), views.inputs(), views.hidden(), training);
  }

  private LstmPlan plan(LstmShape shape) {
    LstmPlan plan = plans.computeIfAbsent(shape, s -> new LstmPlan(cpu, s));
    if (plans.size() > MAX_PLANS) {
      var eldest = plans.entrySet().iterator();
      eldest.next().getValue().close();
      eldest.remove();
    }
    return plan;
  }

  private void fillInput(Sequences sequences, ActiveRows rows, FloatBuffer input) {
    int width = views.inputs();
    float[] padding = new float[width];
    for (int r = 0; r < rows.count(); r++) {
      int length = rows.lengths()[r];
      for (int t = 0; t < rows.steps(); t++) {
        int target = (t * rows.count() + r) * width;
        if (t < length) {
          int step = direction == Direction.FORWARD ? t : length - 1 - t;
          int source = sequences.offset(rows.rows()[r], step);
          input.put(target, sequences.values(), source, width);
        } else {
          input.put(target, padding);
        }
      }
    }
  }

  private void loadWeights() {
    float[] values = parameters.values();
    put(Slot.INPUT_WEIGHTS, views.inputWeights(), values);
    put(Slot.RECURRENT_WEIGHTS, views.recurrentWeights(), values);
    FloatBuffer bias = memory.get(Slot.BIAS).ensureView(views.inputBias().size());
    for (int i = 0; i < views.inputBias().size(); i++) {
      bias.put(
          i, values[views.inputBias().offset() + i] + values[views.recurrentBias().offset() + i]);
    }
  }

  private void put(Slot slot, ParameterView view, float[] values) {
    memory.get(slot).ensureView(view.size()).put(0, values, view.offset(), view.size());
  }

  private void get(Slot slot, ParameterView view, float[] gradient) {
    memory.get(slot).view().get(0, gradient, view.offset(), view.size());
  }

  private static void zero(ParameterView view, float[] gradient) {
    Arrays.fill(gradient, view.offset(), view.offset() + view.size(), 0);
  }

  private int last(ActiveRows rows, int r) {
    return ((rows.lengths()[r] - 1) * rows.count() + r) * views.hidden();
  }

  private int output(ActiveRows rows, int r, int t) {
    int step = direction == Direction.FORWARD ? t : rows.lengths()[r] - 1 - t;
    return (step * rows.count() + r) * views.hidden();
  }

  private int state(ActiveRows rows, int r) {
    return rows.rows()[r] * stateWidth + direction.ordinal() * views.hidden();
  }

  @Override
  public void close() {
    plans.values().forEach(LstmPlan::close);
    plans.clear();
    memory.close();
    queue.close();
  }
}
