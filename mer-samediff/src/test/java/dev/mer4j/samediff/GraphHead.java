package dev.mer4j.samediff;

import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.seed.SeedStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link HeadGraph} run by SameDiff, the oracle for {@link FusionHead}. */
final class GraphHead implements Head {
  private static final String PRESENCE = "presence";
  private static final String DROPOUT = "dropout";
  private static final String TARGETS = "targets";

  private final SameDiff graph = SameDiff.create();
  private final PrefixedGraph target = PrefixedGraph.unprefixed(graph);
  private final HeadShape shape;
  private final Parameters layout;
  private final float[] parameters;
  private final GraphParameters variables;
  private final String weights;
  private final String logits;
  private final String probabilities;
  private final String loss;
  private final List<String> terms;
  private final List<String> differentiated;

  GraphHead(HeadShape shape, Parameters parameters, Loss minimized) {
    this.shape = shape;
    this.layout = parameters;
    this.parameters = parameters.values();
    PerModality<SDVariable> states =
        PerModality.of(
            shape.modalities(), modality -> placeholder(state(modality), shape.stateWidth()));
    HeadGraph head =
        HeadGraph.add(
            target,
            shape,
            parameters,
            states,
            placeholder(PRESENCE, shape.modalities().size()),
            placeholder(DROPOUT, shape.hiddenUnits()),
            placeholder(TARGETS, shape.classes()),
            minimized);
    weights = head.weights().name();
    logits = head.logits().name();
    probabilities = head.probabilities().name();
    loss = head.loss().name();
    terms = head.terms().stream().map(SDVariable::name).toList();
    variables = new GraphParameters(target, HeadParameters.views(parameters));
    graph.setLossVariables(loss);
    differentiated = new ArrayList<>(variables.names());
    shape.modalities().forEach(modality -> differentiated.add(state(modality)));
    graph.createGradFunction(
        shape.modalities().stream().map(GraphHead::state).toArray(String[]::new));
  }

  @Override
  public Output infer(PerModality<float[]> states, Presence presence) {
    try (ArrayScope scope = new ArrayScope()) {
      int batch = presence.size();
      float[] keepAll = new float[batch * shape.hiddenUnits()];
      Arrays.fill(keepAll, 1);
      variables.load(parameters);
      Map<String, INDArray> inputs = inputs(states, presence, keepAll, scope);
      inputs.put(TARGETS, scope.of(new float[batch * shape.classes()], batch, shape.classes()));
      List<String> wanted = new ArrayList<>(List.of(logits, probabilities, weights));
      wanted.addAll(terms);
      Map<String, INDArray> outputs =
          scope.add(graph.output(inputs, wanted.toArray(String[]::new)));
      return new Output(
          scope.values(outputs.get(logits)),
          scope.values(outputs.get(probabilities)),
          scope.values(outputs.get(weights)),
          termsOf(outputs, batch, scope));
    } finally {
      GraphSessions.reset(graph);
    }
  }

  /** Returns the bias and the terms [B, 1 + T, C]; empty without terms. */
  private float[] termsOf(Map<String, INDArray> outputs, int batch, ArrayScope scope) {
    int classes = shape.classes();
    int summands = 1 + terms.size();
    float[] all = new float[terms.isEmpty() ? 0 : batch * summands * classes];
    if (terms.isEmpty()) {
      return all;
    }
    int bias = layout.view(HeadParameters.SUM_BIAS).offset();
    for (int b = 0; b < batch; b++) {
      System.arraycopy(parameters, bias, all, b * summands * classes, classes);
      for (int t = 0; t < terms.size(); t++) {
        float[] own = scope.values(outputs.get(terms.get(t)));
        System.arraycopy(own, b * classes, all, (b * summands + 1 + t) * classes, classes);
      }
    }
    return all;
  }

  @Override
  public double train(
      PerModality<float[]> states,
      Presence presence,
      float[] targets,
      SeedStream draws,
      float[] gradient,
      PerModality<float[]> stateGradients) {
    try (ArrayScope scope = new ArrayScope()) {
      variables.load(parameters);
      Map<String, INDArray> inputs =
          inputs(states, presence, shape.dropoutFactors(presence.size(), draws), scope);
      inputs.put(TARGETS, scope.of(targets, presence.size(), shape.classes()));
      var results = graph.calculateGradientsAndOutputs(inputs, List.of(loss), differentiated);
      Map<String, INDArray> gradients = scope.add(results.getGradients());
      Map<String, INDArray> outputs = scope.add(results.getOutputs());
      variables.unload(gradients, gradient, scope);
      for (Modality modality : shape.modalities()) {
        float[] own = scope.values(gradients.get(state(modality)));
        System.arraycopy(own, 0, stateGradients.get(modality), 0, own.length);
      }
      return outputs.get(loss).getDouble(0);
    } finally {
      GraphSessions.reset(graph);
    }
  }

  private Map<String, INDArray> inputs(
      PerModality<float[]> states, Presence presence, float[] dropout, ArrayScope scope) {
    int batch = presence.size();
    Map<String, INDArray> inputs = new HashMap<>();
    for (Modality modality : shape.modalities()) {
      float[] state = states.get(modality);
      inputs.put(state(modality), scope.of(state, batch, shape.stateWidth()));
    }
    inputs.put(PRESENCE, scope.of(shape.mask(presence), batch, shape.modalities().size()));
    inputs.put(DROPOUT, scope.of(dropout, batch, shape.hiddenUnits()));
    return inputs;
  }

  private SDVariable placeholder(String name, int width) {
    return graph.placeHolder(name, DataType.FLOAT, -1, width);
  }

  private static String state(Modality modality) {
    return "state_" + modality.key();
  }
}
