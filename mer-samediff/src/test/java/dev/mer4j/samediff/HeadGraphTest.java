package dev.mer4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadSamples;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.HeadShape.HiddenLayer;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the head with its SameDiff graph, within 1e-5 of the largest value, the error of single
 * precision on sums of a few dozen terms.
 */
class HeadGraphTest {
  private final HeadSamples samples = new HeadSamples();

  /** Returns shapes with the recipe's proportions, dropout and every kind of loss. */
  static Stream<Arguments> heads() {
    List<Double> weights = List.of(0.5, 1.0, 2.0, 3.5, 1.25, 8.0);
    List<Modality> two = List.of(Modality.TEXT, Modality.VISUAL);
    List<Arguments> heads = new ArrayList<>();
    for (Fusion fusion :
        List.of(Fusion.concatenation(), new Fusion.Attention(37), Fusion.attentionSum())) {
      for (Task task : Task.values()) {
        for (Loss loss :
            List.of(
                Loss.UNWEIGHTED, new Loss(weights, 0), new Loss(Loss.UNWEIGHTED.weights(), 2))) {
          heads.add(
              Arguments.of(
                  new HeadShape(
                      Modality.MOSEI, HeadSamples.STATE, fusion, new HiddenLayer(61, 0.3), task, 6),
                  loss));
        }
        heads.add(
            Arguments.of(
                new HeadShape(two, HeadSamples.STATE, fusion, new HiddenLayer(61, 0), task, 6),
                Loss.UNWEIGHTED));
      }
      for (String modalities : List.of("gaze", "text,audio,visual,gaze")) {
        heads.add(
            Arguments.of(
                HeadSamples.shape(modalities, fusion, Task.MULTI_LABEL, 0.3), Loss.UNWEIGHTED));
      }
      for (Loss loss : List.of(Loss.unweighted(7), new Loss(Loss.unweighted(7).weights(), 2))) {
        heads.add(Arguments.of(HeadSamples.withNone(fusion, 61, 0.3), loss));
      }
    }
    addAdditive(heads, weights);
    return heads.stream();
  }

  private static void addAdditive(List<Arguments> heads, List<Double> weights) {
    for (String modalities : List.of("gaze", "text,visual", "text,audio,visual,gaze,pose")) {
      Fusion fusion = Fusion.additive(Math.min(2, ModalitySet.parse(modalities).size()));
      HeadShape shape = HeadSamples.shape(modalities, fusion, Task.MULTI_LABEL, 0.3);
      heads.add(Arguments.of(shape, Loss.UNWEIGHTED));
    }
    for (Task task : Task.values()) {
      HeadShape shape = HeadSamples.shape(Fusion.additive(3), task, 0.3);
      heads.add(Arguments.of(shape, new Loss(weights, 2)));
    }
    heads.add(Arguments.of(HeadSamples.withNone(Fusion.additive(2), 61, 0.3), Loss.unweighted(7)));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void equalsTheGraph(HeadShape shape, Loss loss) {
    Parameters parameters = samples.parameters(shape);
    FusionHead head = new FusionHead(shape, parameters, loss);
    GraphHead graph = new GraphHead(shape, parameters, loss);
    for (int batch : new int[] {1, 19}) {
      PerModality<float[]> states = samples.states(shape.modalities(), batch);
      Presence presence = samples.presence(shape.modalities(), batch);
      Head.Output output = head.infer(states, presence);
      Head.Output expected = graph.infer(states, presence);
      assertClose(output.logits(), expected.logits());
      assertClose(output.probabilities(), expected.probabilities());
      assertClose(output.weights(), expected.weights());
      assertClose(output.terms(), expected.terms());
      float[] targets = samples.targets(shape, batch);
      float[] gradient = new float[parameters.size()];
      float[] expectedGradient = new float[parameters.size()];
      PerModality<float[]> stateGradients = states.map(state -> new float[state.length]);
      PerModality<float[]> expectedStateGradients = states.map(state -> new float[state.length]);
      Seeds seeds = new Seeds(batch);
      double found =
          head.train(states, presence, targets, seeds.stream("d"), gradient, stateGradients);
      double wanted =
          graph.train(
              states,
              presence,
              targets,
              seeds.stream("d"),
              expectedGradient,
              expectedStateGradients);
      assertThat(found).isCloseTo(wanted, within(1e-5 * Math.max(1, wanted)));
      assertClose(gradient, expectedGradient);
      shape
          .modalities()
          .forEach(m -> assertClose(stateGradients.get(m), expectedStateGradients.get(m)));
    }
  }

  /** Checks that values agree within 1e-5 of the largest expected value. */
  private static void assertClose(float[] found, float[] expected) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found).containsExactly(expected, within(1e-5f * largest));
  }
}
