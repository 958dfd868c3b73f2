package dev.mer4j.samediff;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.batch.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One modality's encoder as a graph. The backward pass computes the gradient of Σ h⊙dh, with dh as
 * a placeholder, and repeats the forward pass.
 */
final class SameDiffEncoder {
  private static final String INPUT = "input";
  private static final String LENGTHS = "lengths";
  private static final String LAST_STEP = "last_step";
  private static final String STEPS = "steps";
  private static final String STATE_GRADIENT = "state_gradient";
  private static final String STATE = "state";

  private final SameDiff graph = SameDiff.create();
  private final PrefixedGraph target = PrefixedGraph.unprefixed(graph);
  private final List<ParameterView> views = new ArrayList<>();
  private final Parameters parameters;
  private final int inputs;
  private final int width;
  private final boolean pools;
  private final GraphParameters variables;
  private @Nullable ActiveRows trained;
  private @Nullable Sequences trainedInput;

  SameDiffEncoder(Modality modality, Parameters all, EncoderShape shape) {
    parameters = all;
    width = shape.stateWidth();
    pools = shape.pooling() == Pooling.ATTENTION;
    LstmParameters forward = LstmParameters.of(all, modality, Direction.FORWARD);
    LstmParameters reverse = LstmParameters.of(all, modality, Direction.REVERSE);
    for (LstmParameters lstm : List.of(forward, reverse)) {
      views.addAll(
          List.of(
              lstm.inputWeights(),
              lstm.recurrentWeights(),
              lstm.inputBias(),
              lstm.recurrentBias()));
    }
    if (pools) {
      views.add(PoolingParameters.of(all, modality));
    }
    variables = new GraphParameters(target, views);
    inputs = forward.inputs();
    SDVariable input = graph.placeHolder(INPUT, DataType.FLOAT, -1, -1, inputs);
    SDVariable lengths = graph.placeHolder(LENGTHS, DataType.INT32, -1);
    SDVariable lastStep = graph.placeHolder(LAST_STEP, DataType.FLOAT, -1, -1, 1);
    SDVariable stateGradient = graph.placeHolder(STATE_GRADIENT, DataType.FLOAT, -1, width);
    SDVariable state =
        pools
            ? LstmGraph.addPooled(
                target,
                forward,
                reverse,
                PoolingParameters.of(all, modality),
                input,
                lengths,
                lastStep,
                graph.placeHolder(STEPS, DataType.FLOAT, -1, -1))
            : LstmGraph.add(target, forward, reverse, input, lengths, lastStep);
    state = state.rename(STATE);
    state.mul(stateGradient).sum().rename("loss");
    graph.setLossVariables("loss");
  }

  /** Writes the states [B, E] of the active rows; the others are unchanged. */
  void forward(Sequences sequences, ActiveRows rows, boolean training, float[] states) {
    trained = training ? rows : null;
    trainedInput = training ? sequences : null;
    if (rows.count() == 0) {
      return;
    }
    variables.load(parameters.values());
    try (ArrayScope scope = new ArrayScope()) {
      Map<String, INDArray> output = scope.add(graph.output(arrays(sequences, rows, scope), STATE));
      float[] values = scope.values(output.get(STATE));
      for (int r = 0; r < rows.count(); r++) {
        System.arraycopy(values, r * width, states, rows.rows()[r] * width, width);
      }
    } finally {
      GraphSessions.reset(graph);
    }
  }

  /** Overwrites this encoder's part of the gradient [P]. */
  void backward(float[] stateGradients, float[] gradient) {
    ActiveRows rows = trained;
    Sequences sequences = trainedInput;
    if (rows == null || sequences == null) {
      throw new IllegalStateException("backward requires a preceding training pass");
    }
    if (rows.count() == 0) {
      for (ParameterView view : views) {
        Arrays.fill(gradient, view.offset(), view.offset() + view.size(), 0);
      }
      return;
    }
    float[] active = new float[rows.count() * width];
    for (int r = 0; r < rows.count(); r++) {
      System.arraycopy(stateGradients, rows.rows()[r] * width, active, r * width, width);
    }
    variables.load(parameters.values());
    try (ArrayScope scope = new ArrayScope()) {
      Map<String, INDArray> arrays = arrays(sequences, rows, scope);
      arrays.put(STATE_GRADIENT, scope.of(active, rows.count(), width));
      var gradients = scope.add(graph.calculateGradients(arrays, variables.names()));
      variables.unload(gradients, gradient, scope);
    } finally {
      GraphSessions.reset(graph);
    }
  }

  private Map<String, INDArray> arrays(Sequences sequences, ActiveRows rows, ArrayScope scope) {
    int count = rows.count();
    int steps = rows.steps();
    float[] input = new float[count * steps * inputs];
    float[] lastStep = new float[count * steps];
    float[] mask = new float[count * steps];
    for (int r = 0; r < count; r++) {
      for (int t = 0; t < rows.lengths()[r]; t++) {
        System.arraycopy(
            sequences.values(),
            sequences.offset(rows.rows()[r], t),
            input,
            (r * steps + t) * inputs,
            inputs);
      }
      lastStep[r * steps + rows.lengths()[r] - 1] = 1;
      Arrays.fill(mask, r * steps, r * steps + rows.lengths()[r], 1);
    }
    Map<String, INDArray> arrays = new HashMap<>();
    arrays.put(INPUT, scope.of(input, count, steps, inputs));
    arrays.put(LENGTHS, scope.of(rows.lengths()));
    arrays.put(LAST_STEP, scope.of(lastStep, count, steps, 1));
    if (pools) {
      arrays.put(STEPS, scope.of(mask, count, steps));
    }
    return arrays;
  }
}
