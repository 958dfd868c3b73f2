package dev.mer4j.core.fusion;

import static dev.mer4j.core.fusion.FiniteDifferences.assertGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the auxiliary loss with its formula in double precision, one pair at a time. */
class UnimodalLossHeadTest {
  private static final int BATCH = 9;

  private final HeadSamples samples = new HeadSamples();

  static Stream<Arguments> shapes() {
    List<Arguments> shapes = new ArrayList<>();
    for (Fusion fusion :
        List.of(Fusion.concatenation(), new Fusion.Attention(4), Fusion.additive(2))) {
      for (Task task : Task.values()) {
        shapes.add(Arguments.of(HeadSamples.shape(fusion, task, 0)));
      }
      shapes.add(Arguments.of(HeadSamples.withNone(fusion, 9, 0)));
      shapes.add(
          Arguments.of(HeadSamples.shape("text,audio,visual,gaze", fusion, Task.MULTI_LABEL, 0)));
    }
    shapes.add(Arguments.of(HeadSamples.shape("gaze", Fusion.additive(1), Task.SINGLE_LABEL, 0)));
    return shapes.stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void lossAndGradientsEqualTheFormulaAndFiniteDifferences(HeadShape shape) {
    Parameters parameters = samples.parameters(shape);
    PerModality<float[]> states = samples.states(shape.modalities(), BATCH);
    Presence presence = samples.presence(shape.modalities(), BATCH);
    float[] targets = samples.targets(shape, BATCH);
    float[] gradient = new float[parameters.size()];
    PerModality<float[]> stateGradients = zeros(states);
    double loss =
        head(shape, parameters, 0.7)
            .train(states, presence, targets, samples.draws(), gradient, stateGradients);
    ReferenceHead reference = new ReferenceHead(shape, parameters);
    assertThat(loss).isCloseTo(loss(reference, shape, states, presence, targets), within(1e-5));
    assertGradient(
        parameters.values(), gradient, () -> loss(reference, shape, states, presence, targets));
    for (Modality modality : shape.modalities()) {
      assertGradient(
          states.get(modality),
          stateGradients.get(modality),
          () -> loss(reference, shape, states, presence, targets));
    }
  }

  /** Returns the loss with an auxiliary loss of weight 0.7. */
  private static double loss(
      ReferenceHead reference,
      HeadShape shape,
      PerModality<float[]> states,
      Presence presence,
      float[] targets) {
    double sum = 0;
    int pairs = 0;
    for (int b = 0; b < presence.size(); b++) {
      int row = b;
      int classes = shape.classes();
      float[] own = Arrays.copyOfRange(targets, b * classes, (b + 1) * classes);
      PerModality<float[]> state =
          states.map(
              all ->
                  Arrays.copyOfRange(all, row * HeadSamples.STATE, (row + 1) * HeadSamples.STATE));
      for (Modality modality : presence.row(b).toList()) {
        sum += reference.loss(state, Presence.of(List.of(ModalitySet.of(modality))), own);
        pairs++;
      }
    }
    return reference.loss(states, presence, targets) + 0.7 * sum / pairs;
  }

  @Test
  void leavesTheDropoutOfTheBatchUnchangedAndDrawsItsOwn() {
    HeadShape shape = HeadSamples.shape(Fusion.concatenation(), Task.MULTI_LABEL, 0.5);
    Parameters parameters = samples.parameters(shape);
    PerModality<float[]> states = samples.states(BATCH);
    Presence presence = samples.presence(BATCH);
    float[] targets = samples.targets(shape, BATCH);
    double plain = train(new FusionHead(shape, parameters), states, presence, targets);
    double one = train(head(shape, parameters, 1), states, presence, targets);
    double two = train(head(shape, parameters, 2), states, presence, targets);

    assertThat(train(head(shape, parameters, 1), states, presence, targets)).isEqualTo(one);
    assertThat(one).isGreaterThan(plain);
    assertThat(two - plain).isCloseTo(2 * (one - plain), within(1e-12));
    Presence text = Presence.of(Collections.nCopies(BATCH, ModalitySet.of(Modality.TEXT)));
    double alone = train(new FusionHead(shape, parameters), states, text, targets);
    assertThat(train(head(shape, parameters, 1), states, text, targets) - alone)
        .as("the same rows with other dropout")
        .isNotEqualTo(alone);
  }

  private static double train(
      Head head, PerModality<float[]> states, Presence presence, float[] targets) {
    SeedStream draws = new Seeds(1).stream("d");
    return head.train(states, presence, targets, draws, new float[5000], zeros(states));
  }

  @Test
  void addsNothingToABatchWithoutModalities() {
    HeadShape shape = HeadSamples.shape(Fusion.attention(), Task.MULTI_LABEL, 0);
    Parameters parameters = samples.parameters(shape);
    PerModality<float[]> states = samples.states(2);
    Presence none = Presence.of(List.of(ModalitySet.NONE, ModalitySet.NONE));
    float[] targets = samples.targets(shape, 2);

    assertThat(train(head(shape, parameters, 1), states, none, targets))
        .isEqualTo(train(new FusionHead(shape, parameters), states, none, targets));
  }

  private static Head head(HeadShape shape, Parameters parameters, double weight) {
    return new UnimodalLossHead(new FusionHead(shape, parameters), shape, parameters, weight);
  }

  private static PerModality<float[]> zeros(PerModality<float[]> states) {
    return states.map(state -> new float[state.length]);
  }
}
