package dev.mer4j.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the head with its formulas in double precision. Values agree within 1e-5, the error of
 * single precision on sums of a few dozen terms. Gradients agree within 1e-3 of the largest one,
 * because finite differences are inaccurate near a kink of the ReLU.
 */
class FusionHeadTest {
  private final HeadSamples samples = new HeadSamples();

  static Stream<Arguments> shapes() {
    List<Arguments> shapes = new ArrayList<>();
    for (Fusion fusion :
        List.of(Fusion.concatenation(), new Fusion.Attention(4), Fusion.attentionSum())) {
      for (Task task : Task.values()) {
        shapes.add(Arguments.of(HeadSamples.shape(fusion, task, 0)));
      }
      shapes.add(Arguments.of(HeadSamples.withNone(fusion, 9, 0)));
      for (String modalities : List.of("gaze", "text,gaze", "text,audio,visual,gaze")) {
        shapes.add(Arguments.of(HeadSamples.shape(modalities, fusion, Task.MULTI_LABEL, 0)));
      }
      shapes.add(Arguments.of(HeadSamples.ofClasses(fusion, Task.SINGLE_LABEL, 7)));
      shapes.add(Arguments.of(HeadSamples.ofClasses(fusion, Task.MULTI_LABEL, 2)));
      shapes.add(Arguments.of(HeadSamples.ofClasses(fusion, Task.MULTI_LABEL, 20)));
    }
    addAdditive(shapes);
    return shapes.stream();
  }

  private static void addAdditive(List<Arguments> shapes) {
    for (Task task : Task.values()) {
      for (int order = 1; order <= 3; order++) {
        shapes.add(Arguments.of(HeadSamples.shape(Fusion.additive(order), task, 0)));
      }
    }
    for (String modalities : List.of("gaze", "text,gaze", "text,audio,visual,gaze,pose")) {
      Fusion fusion = Fusion.additive(Math.min(2, ModalitySet.parse(modalities).size()));
      shapes.add(Arguments.of(HeadSamples.shape(modalities, fusion, Task.MULTI_LABEL, 0)));
    }
    shapes.add(Arguments.of(HeadSamples.withNone(Fusion.additive(2), 9, 0)));
    shapes.add(Arguments.of(HeadSamples.ofClasses(Fusion.additive(2), Task.MULTI_LABEL, 2)));
    shapes.add(Arguments.of(HeadSamples.ofClasses(Fusion.additive(1), Task.SINGLE_LABEL, 64)));
  }

  static Stream<Arguments> losses() {
    List<Double> weights = List.of(0.5, 1.0, 2.0, 3.5, 1.25, 8.0);
    List<Double> equal = Loss.UNWEIGHTED.weights();
    List<Arguments> losses = new ArrayList<>();
    for (Task task : Task.values()) {
      HeadShape shape = HeadSamples.shape(Fusion.concatenation(), task, 0);
      for (Loss loss :
          List.of(
              new Loss(weights, 0),
              new Loss(equal, 2),
              new Loss(equal, 1),
              new Loss(weights, 2.5))) {
        losses.add(Arguments.of(shape, loss));
      }
    }
    return losses.stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void probabilitiesAndWeightsEqualTheFormulas(HeadShape shape) {
    Parameters parameters = samples.parameters(shape);
    PerModality<float[]> states = samples.states(shape.modalities(), 8);
    Presence presence = samples.presence(shape.modalities(), 8);
    Head.Output output = new FusionHead(shape, parameters).infer(states, presence);
    ReferenceHead reference = new ReferenceHead(shape, parameters);
    for (int b = 0; b < presence.size(); b++) {
      double[] expected = reference.probabilities(reference.logits(states, presence, b));
      double[] weights = reference.weights(states, presence, b);
      for (int c = 0; c < shape.classes(); c++) {
        assertThat((double) output.probabilities()[b * shape.classes() + c])
            .isCloseTo(expected[c], within(1e-5));
      }
      for (int m = 0; m < weights.length; m++) {
        assertThat((double) output.weights()[b * weights.length + m])
            .isCloseTo(weights[m], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientsEqualFiniteDifferences(HeadShape shape) {
    Parameters parameters = samples.parameters(shape);
    PerModality<float[]> states = samples.states(shape.modalities(), 5);
    Presence presence = samples.presence(shape.modalities(), 5);
    float[] targets = samples.targets(shape, 5);
    float[] gradient = new float[parameters.size()];
    PerModality<float[]> stateGradients = zeros(states);
    double loss =
        new FusionHead(shape, parameters)
            .train(states, presence, targets, samples.draws(), gradient, stateGradients);
    ReferenceHead reference = new ReferenceHead(shape, parameters);
    assertThat(loss).isCloseTo(reference.loss(states, presence, targets), within(1e-5));
    assertGradient(parameters.values(), gradient, () -> reference.loss(states, presence, targets));
    for (Modality modality : shape.modalities()) {
      assertGradient(
          states.get(modality),
          stateGradients.get(modality),
          () -> reference.loss(states, presence, targets));
    }
  }

  private static PerModality<float[]> zeros(PerModality<float[]> states) {
    return states.map(state -> new float[state.length]);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientsOfWeightedAndFocalLossesEqualFiniteDifferences(HeadShape shape, Loss loss) {
    Parameters parameters = samples.parameters(shape);
    PerModality<float[]> states = samples.states(6);
    Presence presence = samples.presence(6);
    float[] targets = samples.targets(shape, 6);
    float[] gradient = new float[parameters.size()];
    double found =
        new FusionHead(shape, parameters, loss)
            .train(states, presence, targets, samples.draws(), gradient, zeros(states));
    ReferenceHead reference = new ReferenceHead(shape, parameters, loss);
    assertThat(found).isCloseTo(reference.loss(states, presence, targets), within(1e-5));
    assertGradient(parameters.values(), gradient, () -> reference.loss(states, presence, targets));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lossesStayFiniteForExtremeLogits(HeadShape shape, Loss loss) {
    Parameters parameters = samples.parameters(shape);
    ParameterView bias = parameters.view(HeadParameters.OUTPUT_BIAS);
    for (int c = 0; c < bias.size(); c++) {
      parameters.values()[bias.offset() + c] = c % 2 == 0 ? 300 : -300;
    }
    float[] gradient = new float[parameters.size()];
    double found =
        new FusionHead(shape, parameters, loss)
            .train(
                samples.states(6),
                samples.presence(6),
                samples.targets(shape, 6),
                samples.draws(),
                gradient,
                samples.states(6));
    assertThat(found).isFinite();
    for (float g : gradient) {
      assertThat(g).isFinite();
    }
  }

  @Test
  void reportsEveryProblemOfALoss() {
    assertThatThrownBy(() -> new Loss(List.of(1.0, -1.0), 0.5))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "loss: class weights must be finite numbers above 0: [1.0, -1.0];"
                + " focal gamma must be 0 or in [1, 10]: 0.5");
  }

  static List<Fusion> attention() {
    return List.of(new Fusion.Attention(4), Fusion.attentionSum());
  }

  @ParameterizedTest
  @MethodSource("attention")
  void attentionAddsUpToOneOverThePresentModalities(Fusion fusion) {
    HeadShape shape = HeadSamples.shape(fusion, Task.MULTI_LABEL, 0);
    Presence presence =
        Presence.of(
            List.of(
                ModalitySet.of(Modality.MOSEI), ModalitySet.of(Modality.AUDIO), ModalitySet.NONE));
    float[] weights =
        new FusionHead(shape, samples.parameters(shape))
            .infer(samples.states(3), presence)
            .weights();
    assertThat(weights[0] + weights[1] + weights[2]).isCloseTo(1f, within(1e-6f));
    assertThat(List.of(weights[3], weights[4], weights[5])).containsExactly(0f, 1f, 0f);
    assertThat(List.of(weights[6], weights[7], weights[8])).containsOnly(0f);
  }

  @Test
  void dropoutKeepsTheMeanOfTheHiddenLayerAndIsOffInPrediction() {
    HeadShape shape = HeadSamples.shape(Fusion.concatenation(), Task.MULTI_LABEL, 0.5);
    Parameters parameters = samples.parameters(shape);
    FusionHead head = new FusionHead(shape, parameters);
    PerModality<float[]> states = samples.states(4);
    Presence presence = samples.presence(4);
    float[] before = head.infer(states, presence).probabilities();
    float[] targets = samples.targets(shape, 4);
    float[] gradient = new float[parameters.size()];
    Seeds seeds = new Seeds(1);
    double first =
        head.train(states, presence, targets, seeds.stream("d"), gradient, zeros(states));
    double again =
        head.train(states, presence, targets, seeds.stream("d"), gradient, zeros(states));
    double other =
        head.train(states, presence, targets, seeds.stream("e"), gradient, zeros(states));
    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(head.infer(states, presence).probabilities()).isEqualTo(before);
  }

  @Test
  void changedParametersApplyToTheNextPass() {
    HeadShape shape = HeadSamples.shape(Fusion.attention(), Task.MULTI_LABEL, 0);
    Parameters parameters = samples.parameters(shape);
    FusionHead head = new FusionHead(shape, parameters);
    float[] before = head.infer(samples.states(2), samples.presence(2)).probabilities();
    ParameterView bias = parameters.view(HeadParameters.OUTPUT_BIAS);
    parameters.values()[bias.offset()] += 5;
    float[] after = head.infer(samples.states(2), samples.presence(2)).probabilities();
    assertThat(after[0]).isGreaterThan(before[0]);
  }

  private void assertGradient(float[] values, float[] gradient, DoubleSupplier loss) {
    double largest = 0;
    for (float g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    for (int i = 0; i < values.length; i++) {
      float original = values[i];
      float step = 0x1p-12f;
      values[i] = original + step;
      double above = loss.getAsDouble();
      double up = values[i];
      values[i] = original - step;
      double below = loss.getAsDouble();
      double down = values[i];
      values[i] = original;
      assertThat((double) gradient[i])
          .isCloseTo((above - below) / (up - down), within(1e-3 * largest));
    }
  }
}
