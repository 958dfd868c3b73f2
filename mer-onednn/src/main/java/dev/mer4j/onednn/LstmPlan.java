package dev.mer4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.mer4j.onednn.LstmMemory.Slot;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.PointerScope;

/**
 * The oneDNN primitives of an LSTM of one shape, which reads left to right.
 *
 * <p>Weights and gradients are in PyTorch's order, oneDNN's {@code ldgoi}; the plan reorders them
 * to and from the layouts that the primitives prefer. Scratchpads are user-managed, because sharing
 * oneDNN's own between threads crashes.
 */
final class LstmPlan implements AutoCloseable {
  private final LstmShape shape;
  private final PointerScope owned;
  private final List<Primitive> forward = new ArrayList<>();
  private final List<Primitive> backward = new ArrayList<>();

  @SuppressWarnings("unchecked") // PointerScope's constructor takes generic varargs
  LstmPlan(engine cpu, LstmShape shape) {
    this.shape = shape;
    try (PointerScope created = new PointerScope()) {
      owned = created.extend();
      Layouts layouts = new Layouts(shape);
      primitive_attr attributes = new primitive_attr();
      attributes.set_scratchpad_mode(scratchpad_mode.user);
      var pass =
          new lstm_forward.primitive_desc(
              new lstm_forward.desc(
                  shape.training() ? prop_kind.forward_training : prop_kind.forward_inference,
                  rnn_direction.unidirectional_left2right,
                  layouts.input,
                  layouts.state,
                  layouts.state,
                  layouts.anyInputWeights,
                  layouts.anyRecurrentWeights,
                  layouts.bias,
                  layouts.output,
                  layouts.none,
                  layouts.none),
              attributes,
              cpu);
      planForward(cpu, layouts, pass);
      if (shape.training()) {
        var back =
            new lstm_backward.primitive_desc(
                new lstm_backward.desc(
                    prop_kind.backward,
                    rnn_direction.unidirectional_left2right,
                    layouts.input,
                    layouts.state,
                    layouts.state,
                    layouts.anyInputWeights,
                    layouts.anyRecurrentWeights,
                    layouts.bias,
                    layouts.output,
                    layouts.none,
                    layouts.none,
                    layouts.input,
                    layouts.state,
                    layouts.state,
                    layouts.anyInputWeights,
                    layouts.anyRecurrentWeights,
                    layouts.bias,
                    layouts.output,
                    layouts.none,
                    layouts.none),
                attributes,
                cpu,
                pass);
        planBackward(cpu, layouts, back);
      }
    }
  }

  private void planForward(engine cpu, Layouts layouts, lstm_forward.primitive_desc pass) {
    memory.desc inputWeights = pass.weights_layer_desc();
    memory.desc recurrentWeights = pass.weights_iter_desc();
    packWeights(forward, cpu, layouts, inputWeights, recurrentWeights);
    Primitive lstm =
        new Primitive(cpu, new lstm_forward(pass))
            .with(DNNL_ARG_SRC_LAYER, layouts.input, Slot.INPUT)
            .with(DNNL_ARG_WEIGHTS_LAYER, inputWeights, Slot.PACKED_INPUT_WEIGHTS)
            .with(DNNL_ARG_WEIGHTS_ITER, recurrentWeights, Slot.PACKED_RECURRENT_WEIGHTS)
            .with(DNNL_ARG_BIAS, layouts.bias, Slot.BIAS)
            .with(DNNL_ARG_SRC_ITER, layouts.state, Slot.INITIAL_STATE)
            .with(DNNL_ARG_SRC_ITER_C, layouts.state, Slot.INITIAL_CELL)
            .with(DNNL_ARG_DST_LAYER, layouts.output, Slot.OUTPUT)
            .with(DNNL_ARG_SCRATCHPAD, pass.scratchpad_desc(), Slot.SCRATCHPAD);
    if (shape.training()) {
      lstm.with(DNNL_ARG_WORKSPACE, pass.workspace_desc(), Slot.WORKSPACE);
    }
    forward.add(lstm);
  }

  private void planBackward(engine cpu, Layouts layouts, lstm_backward.primitive_desc back) {
    memory.desc inputWeights = back.weights_layer_desc();
    memory.desc recurrentWeights = back.weights_iter_desc();
    packWeights(backward, cpu, layouts, inputWeights, recurrentWeights);
    backward.add(
        new Primitive(cpu, new lstm_backward(back))
            .with(DNNL_ARG_SRC_LAYER, layouts.input, Slot.INPUT)
            .with(DNNL_ARG_WEIGHTS_LAYER, inputWeights, Slot.PACKED_INPUT_WEIGHTS)
            .with(DNNL_ARG_WEIGHTS_ITER, recurrentWeights, Slot.PACKED_RECURRENT_WEIGHTS)
            .with(DNNL_ARG_BIAS, layouts.bias, Slot.BIAS)
            .with(DNNL_ARG_SRC_ITER, layouts.state, Slot.INITIAL_STATE)
            .with(DNNL_ARG_SRC_ITER_C, layouts.state, Slot.INITIAL_CELL)
            .with(DNNL_ARG_DIFF_SRC_ITER, layouts.state, Slot.INITIAL_STATE_GRADIENT)
            .with(DNNL_ARG_DIFF_SRC_ITER_C, layouts.state, Slot.INITIAL_CELL_GRADIENT)
            .with(DNNL_ARG_DST_LAYER, layouts.output, Slot.OUTPUT)
            .with(DNNL_ARG_WORKSPACE, back.workspace_desc(), Slot.WORKSPACE)
            .with(DNNL_ARG_SCRATCHPAD, back.scratchpad_desc(), Slot.SCRATCHPAD)
            .with(DNNL_ARG_DIFF_DST_LAYER, layouts.output, Slot.OUTPUT_GRADIENT)
            .with(DNNL_ARG_DIFF_SRC_LAYER, layouts.input, Slot.INPUT_GRADIENT)
            .with(
                DNNL_ARG_DIFF_WEIGHTS_LAYER,
                back.diff_weights_layer_desc(),
                Slot.PACKED_INPUT_WEIGHTS_GRADIENT)
            .with(
                DNNL_ARG_DIFF_WEIGHTS_ITER,
                back.diff_weights_iter_desc(),
                Slot.PACKED_RECURRENT_WEIGHTS_GRADIENT)
            .with(DNNL_ARG_DIFF_BIAS, layouts.bias, Slot.BIAS_GRADIENT));
    backward.add(
        reorder(
            cpu,
            back.diff_weights_layer_desc(),
            Slot.PACKED_INPUT_WEIGHTS_GRADIENT,
            layouts.inputWeights,
            Slot.INPUT_WEIGHTS_GRADIENT));
    backward.add(
        reorder(
            cpu,
            back.diff_weights_iter_desc(),
            Slot.PACKED_RECURRENT_WEIGHTS_GRADIENT,
            layouts.recurrentWeights,
            Slot.RECURRENT_WEIGHTS_GRADIENT));
  }

  /** Reorders the weights to the layouts that a pass prefers. */
  private static void packWeights(
      List<Primitive> pass,
      engine cpu,
      Layouts layouts,
      memory.desc inputWeights,
      memory.desc recurrentWeights) {
    pass.add(
        reorder(
            cpu,
            layouts.inputWeights,
            Slot.INPUT_WEIGHTS,
            inputWeights,
            Slot.PACKED_INPUT_WEIGHTS));
    pass.add(
        reorder(
            cpu,
            layouts.recurrentWeights,
            Slot.RECURRENT_WEIGHTS,
            recurrentWeights,
            Slot.PACKED_RECURRENT_WEIGHTS));
  }

  private static Primitive reorder(
      engine cpu, memory.desc from, Slot source, memory.desc to, Slot target) {
    var kernel = new reorder(new reorder.primitive_desc(cpu, from, cpu, to));
    return new Primitive(cpu, kernel)
        .with(DNNL_ARG_FROM, from, source)
        .with(DNNL_ARG_TO, to, target);
  }

  /** Computes {@code OUTPUT} from {@code INPUT}, the weights and {@code BIAS}. */
  void forward(stream queue, LstmMemory memory) {
    memory.get(Slot.INITIAL_STATE).ensureZero((long) shape.rows() * shape.hidden());
    memory.get(Slot.INITIAL_CELL).ensureZero((long) shape.rows() * shape.hidden());
    forward.forEach(primitive -> primitive.run(queue, memory));
  }

  /**
   * Computes the gradients of weights and bias from {@code OUTPUT_GRADIENT}; follows {@link
   * #forward}.
   */
  void backward(stream queue, LstmMemory memory) {
    Primitive lstm = backward.get(2);
    for (Slot summed :
        List.of(
            Slot.PACKED_INPUT_WEIGHTS_GRADIENT,
            Slot.PACKED_RECURRENT_WEIGHTS_GRADIENT,
            Slot.BIAS_GRADIENT)) {
      memory.get(summed).ensureZero(lstm.size(summed));
    }
    backward.forEach(primitive -> primitive.run(queue, memory));
  }

  @Override
  public void close() {
    owned.deallocate();
  }

  /** The layouts of the arguments of one shape. */
  private static final class Layouts {
    final memory.desc none = new memory.desc();
    final memory.desc input;
    final memory.desc output;
    final memory.desc state;
    final memory.desc bias;
    final memory.desc inputWeights;
    final memory.desc recurrentWeights;
    final memory.desc anyInputWeights;
    final memory.desc anyRecurrentWeights;

    Layouts(LstmShape shape) {
      long hidden = shape.hidden();
      long[] inputMatrix = {1, 1, shape.inputs(), 4, hidden};
      long[] recurrentMatrix = {1, 1, hidden, 4, hidden};
      input = of(memory.format_tag.tnc, shape.steps(), shape.rows(), shape.inputs());
      output = of(memory.format_tag.tnc, shape.steps(), shape.rows(), hidden);
      state = of(memory.format_tag.ldnc, 1, 1, shape.rows(), hidden);
      bias = of(memory.format_tag.ldgo, 1, 1, 4, hidden);
      inputWeights = of(memory.format_tag.ldgoi, inputMatrix);
      recurrentWeights = of(memory.format_tag.ldgoi, recurrentMatrix);
      anyInputWeights = of(memory.format_tag.any, inputMatrix);
      anyRecurrentWeights = of(memory.format_tag.any, recurrentMatrix);
    }

    private static memory.desc of(memory.format_tag tag, long... sizes) {
      return new memory.desc(sizes, memory.data_type.f32, tag);
    }
  }
}
