package dev.mer4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.seed.Seeds;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkGraphTest {
  private static final String WEIGHT = "encoders.visual.weight_hh_l0_reverse";

  private static final Batch BATCH = batch(RandomSegments.WIDTHS);

  @Test
  void completeGraphGivesTheLossAndGradientOfTheModel() {
    try (MultimodalModel model = model(2)) {
      NetworkGraph network = new NetworkGraph(model);
      assertLossAndGradient(model, network, "", BATCH, WEIGHT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaze", "text,gaze", "text,audio,visual,gaze"})
  void completeGraphGivesTheLossAndGradientOfOtherModalities(String modalities) {
    PerModality<Integer> widths = RandomSegments.widths(modalities);
    try (MultimodalModel model = model(widths, 2)) {
      NetworkGraph network = new NetworkGraph(model);
      for (Modality modality : widths.modalities()) {
        String weight = "encoders." + modality.key() + ".weight_hh_l0";
        assertLossAndGradient(model, network, "", batch(widths), weight);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"gaze,1", "'text,gaze',2", "'text,audio,visual,gaze',3"})
  void completeGraphGivesTheLossAndGradientOfAdditiveFusion(String modalities, int order) {
    PerModality<Integer> widths = RandomSegments.widths(modalities);
    try (MultimodalModel model = model(widths, 2, Fusion.additive(order))) {
      NetworkGraph network = new NetworkGraph(model);
      assertThat(network.outputs().terms()).hasSameSizeAs(model.config().head().terms());
      assertLossAndGradient(model, network, "", batch(widths), HeadParameters.SUM_BIAS);
      assertLossAndGradient(
          model, network, "", batch(widths), "encoders.gaze.weight_hh_l0_reverse");
    }
  }

  static Stream<Arguments> pooled() {
    return Stream.of(
        Arguments.of("gaze", Fusion.concatenation()),
        Arguments.of("text,gaze", Fusion.attention()),
        Arguments.of("text,audio,gaze", Fusion.additive(2)));
  }

  @ParameterizedTest
  @MethodSource("pooled")
  void completeGraphGivesTheLossAndGradientOfAttentionPooling(String modalities, Fusion fusion) {
    PerModality<Integer> widths = RandomSegments.widths(modalities);
    try (MultimodalModel model = RandomSegments.pooled(builder(widths, 2).fusion(fusion))) {
      NetworkGraph network = new NetworkGraph(model);
      Batch batch = batch(widths);
      assertLossAndGradient(model, network, "", batch, "pooling.gaze.weight");
      assertLossAndGradient(model, network, "", batch, "encoders.gaze.weight_ih_l0");
      assertLossAndGradient(model, network, "", batch, "encoders.gaze.weight_hh_l0_reverse");
    }
  }

  @Test
  void refusesModalitiesNamedAsTheStepsOfPooling() {
    PerModality<Integer> widths = RandomSegments.widths("a,a_steps");
    try (MultimodalModel last = builder(widths, 2).build();
        MultimodalModel model = RandomSegments.pooled(builder(widths, 2))) {
      assertThat(new NetworkGraph(last).outputs().terms()).isEmpty();
      assertThatThrownBy(() -> new NetworkGraph(model))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("the graph would have two variables named 'a_steps'");
    }
  }

  @ParameterizedTest
  @CsvSource({"presence,presence", "loss,loss", "'a,a_lengths',a_lengths"})
  void refusesModalitiesNamedAsAPlaceholderOrTheLoss(String modalities, String name) {
    try (MultimodalModel model = model(RandomSegments.widths(modalities), 2)) {
      assertThatThrownBy(() -> new NetworkGraph(model))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("the graph would have two variables named '" + name + "'");
    }
  }

  @Test
  void twoNetworksFitInOneGraph() {
    SameDiff graph = SameDiff.create();
    try (MultimodalModel one = model(2);
        MultimodalModel other = model(3)) {
      NetworkGraph teacher = new NetworkGraph(one, new PrefixedGraph(graph, "teacher."));
      NetworkGraph student = new NetworkGraph(other, new PrefixedGraph(graph, "student."));
      graph.setLossVariables(teacher.outputs().loss().name(), student.outputs().loss().name());
      assertLossAndGradient(one, teacher, "teacher.", BATCH, WEIGHT);
      assertLossAndGradient(other, student, "student.", BATCH, WEIGHT);
    }
  }

  /** Documents why a network is saved as a model and rebuilt: ND4J cannot load the graph. */
  @Test
  void nd4jCannotLoadASavedGraphWithLstmLayer(@TempDir Path folder) {
    File file = folder.resolve("graph.fb").toFile();
    try (MultimodalModel model = model(2)) {
      new NetworkGraph(model).graph().save(file, false);
    }
    assertThatThrownBy(() -> SameDiff.load(file, false))
        .isInstanceOf(NullPointerException.class)
        .satisfies(
            failure -> assertThat(failure.getStackTrace()[0].getClassName()).endsWith("LSTMLayer"));
  }

  private static Batch batch(PerModality<Integer> widths) {
    return Batcher.builder(RandomSegments.of(widths, "v", 10, 6, 4))
        .batchSize(10)
        .build()
        .inOrder()
        .get(0);
  }

  private static MultimodalModel model(long seed) {
    return model(RandomSegments.WIDTHS, seed);
  }

  private static MultimodalModel model(PerModality<Integer> widths, long seed) {
    return model(widths, seed, Fusion.attention());
  }

  private static MultimodalModel model(PerModality<Integer> widths, long seed, Fusion fusion) {
    return builder(widths, seed).fusion(fusion).build();
  }

  private static ModelBuilder builder(PerModality<Integer> widths, long seed) {
    return MultimodalModel.builder()
        .inputs(widths)
        .hidden(3)
        .headHidden(5)
        .headDropout(0)
        .seed(seed);
  }

  private static void assertLossAndGradient(
      MultimodalModel model, NetworkGraph network, String prefix, Batch batch, String tensor) {
    float[] gradient = new float[model.parameters().size()];
    double expected = train(model, batch, gradient);
    Map<String, INDArray> inputs = new HashMap<>();
    for (String each : new String[] {"teacher.", "student.", ""}) {
      inputs(model.config().head(), batch).forEach((name, value) -> inputs.put(each + name, value));
    }
    inputs.keySet().retainAll(network.graph().inputs());
    String loss = network.outputs().loss().name();
    double found = network.graph().output(inputs, loss).get(loss).getDouble(0);
    assertThat(found).isCloseTo(expected, within(1e-6));
    String weight = prefix + tensor;
    float[] values =
        network.graph().calculateGradients(inputs, weight).get(weight).dup('c').data().asFloat();
    ParameterView view = model.parameters().view(tensor);
    assertThat(values).hasSize(view.size());
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(gradient[view.offset() + i], within(1e-7f));
    }
  }

  /** Runs one pass of encoders and head in plain Java and C. */
  private static double train(MultimodalModel model, Batch batch, float[] gradient) {
    FusionHead head = new FusionHead(model.config().head(), model.parameters());
    try (Encoders encoders =
        Backends.named("native").open(model.config().inputs().modalities(), model.parameters())) {
      PerModality<float[]> states = encoders.forwardTraining(batch.sequences(), batch.presence());
      PerModality<float[]> stateGradients = states.map(state -> new float[state.length]);
      double loss =
          head.train(
              states,
              batch.presence(),
              batch.targets(),
              new Seeds(0).stream("none"),
              gradient,
              stateGradients);
      encoders.backward(stateGradients, gradient);
      return loss;
    }
  }

  private static Map<String, INDArray> inputs(HeadShape shape, Batch batch) {
    Map<String, INDArray> inputs = new HashMap<>();
    List<Modality> modalities = batch.sequences().modalities();
    INDArray presence = Nd4j.zeros(batch.size(), modalities.size());
    for (Modality modality : modalities) {
      Sequences x = batch.sequences().get(modality);
      INDArray values = Nd4j.zeros(batch.size(), x.steps(), x.width());
      INDArray lastStep = Nd4j.zeros(batch.size(), x.steps(), 1);
      INDArray steps = Nd4j.zeros(batch.size(), x.steps());
      int[] lengths = new int[batch.size()];
      for (int b = 0; b < batch.size(); b++) {
        lengths[b] = Math.max(1, x.lengths()[b]);
        if (batch.presence().has(b, modality)) {
          presence.putScalar(b, modalities.indexOf(modality), 1);
          if (x.lengths()[b] > 0) {
            lastStep.putScalar(new int[] {b, x.lengths()[b] - 1, 0}, 1);
          }
        }
        for (int t = 0; t < x.lengths()[b]; t++) {
          if (batch.presence().has(b, modality)) {
            steps.putScalar(b, t, 1);
          }
          for (int d = 0; d < x.width(); d++) {
            values.putScalar(new int[] {b, t, d}, x.values()[x.offset(b, t) + d]);
          }
        }
      }
      inputs.put(modality.key(), values);
      inputs.put(modality.key() + "_lengths", Nd4j.createFromArray(lengths));
      inputs.put(modality.key() + "_last_step", lastStep);
      inputs.put(modality.key() + "_steps", steps);
    }
    inputs.put("presence", presence);
    inputs.put("dropout", Nd4j.ones(batch.size(), shape.hiddenUnits()));
    inputs.put("targets", Nd4j.createFromArray(batch.targets()).reshape(batch.size(), 6));
    return inputs;
  }
}
