package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares a model whose encoders and head run on the emulated GPU with one that runs on the CPU.
 */
class CudaHeadTest {
  private static final PerModality<Integer> EIGHT =
      Trial.WIDTHS
          .with(Modality.of("gaze"), 9)
          .with(Modality.of("pose"), 5)
          .with(Modality.of("pulse"), 1)
          .with(Modality.of("skin"), 2)
          .with(Modality.of("touch"), 4);

  private static final Loss FOCAL = new Loss(List.of(1.0, 2.0, 0.5, 3.0, 1.5, 4.0), 2);

  private static final Loss WEIGHTED_NONE = new Loss(List.of(1.0, 2.0, 0.5, 3.0, 1.5, 4.0, 0.7), 1);

  @BeforeEach
  void requireEmulator() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
  }

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(Fusion.concatenation(), LabelSet.MULTI_LABEL, Loss.UNWEIGHTED, 3),
        Arguments.of(Fusion.attention(), LabelSet.MULTI_LABEL, FOCAL, 3),
        Arguments.of(Fusion.attention(), LabelSet.singleLabel(TieRule.FIRST_COLUMN), FOCAL, 3),
        Arguments.of(
            Fusion.attention(), LabelSet.singleLabel(TieRule.NONE_CLASS), WEIGHTED_NONE, 3),
        Arguments.of(new Fusion.Attention(5), LabelSet.MULTI_LABEL, Loss.UNWEIGHTED, 2),
        Arguments.of(Fusion.concatenation(), LabelSet.MULTI_LABEL, Loss.UNWEIGHTED, 1),
        Arguments.of(Fusion.attention(), LabelSet.multiLabel(labels(2)), Loss.unweighted(2), 5),
        Arguments.of(Fusion.attention(), LabelSet.multiLabel(labels(33)), Loss.unweighted(33), 3),
        Arguments.of(
            Fusion.concatenation(), LabelSet.multiLabel(labels(64)), Loss.unweighted(64), 8),
        Arguments.of(
            Fusion.attention(),
            LabelSet.singleLabel(labels(64), TieRule.NONE_CLASS),
            Loss.unweighted(65),
            8));
  }

  @ParameterizedTest
  @MethodSource("models")
  void stepEqualsThatOfTheCpu(Fusion fusion, LabelSet labels, Loss loss, int modalities) {
    assertSameSteps(Trial.of(EIGHT, 20, 7, 5, 3), fusion, labels, loss, modalities);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void stepOfOneRowEqualsThatOfTheCpu(int modalities) {
    Trial trial = Trial.of(EIGHT, 20, 1, 5, 3);
    LabelSet labels = LabelSet.singleLabel(labels(8), TieRule.LEAVE_OUT);
    assertSameSteps(trial, Fusion.attention(), labels, Loss.unweighted(8), modalities);
  }

  private static void assertSameSteps(
      Trial trial, Fusion fusion, LabelSet labels, Loss loss, int modalities) {
    Batch batch = labeled(trial.batch(), labels);
    TrainingOptions options =
        new TrainingOptions(loss, new AdamW.Rates(1, 0), new GradientClipping(1));
    Batcher batches = trial.batcher();
    try (MultimodalModel cuda = model("cuda-emulated", fusion, labels, modalities);
        MultimodalModel cpu = model("native", fusion, labels, modalities);
        TrainingSession found = cuda.startTraining(options, batches);
        TrainingSession expected = cpu.startTraining(options, batches)) {
      assertSameStep(cuda.parameters(), found, expected, batch);
      cuda.parameters().values()[cuda.parameters().size() - 1] += 0.5f;
      cpu.parameters().values()[cpu.parameters().size() - 1] += 0.5f;
      assertSameStep(cuda.parameters(), found, expected, batch);
    }
  }

  @Test
  void inferenceEqualsThatOfTheCpu() {
    Trial trial = Trial.of(20, 7, 5, 3);
    Presence presence = trial.batch().presence();
    EmulatedDriver gpu = EmulatedDriver.load();
    try (CudaEncoders encoders =
        new CudaBackend(() -> gpu).open(Trial.WIDTHS.modalities(), trial.parameters())) {
      PerModality<float[]> states = trial.states(encoders);
      CudaHead cuda = encoders.openHead(Trial.head(20), Loss.UNWEIGHTED);
      Head.Output found = cuda.infer(states, presence);
      Head.Output expected =
          new FusionHead(Trial.head(20), trial.parameters()).infer(states, presence);
      assertThat(found.logits()).containsExactly(expected.logits(), within(1e-5f));
      assertThat(found.probabilities()).containsExactly(expected.probabilities(), within(1e-5f));
      assertThat(found.weights()).containsExactly(expected.weights(), within(1e-5f));
    }
    assertThat(gpu.mer_emulator_allocated()).isZero();
  }

  @Test
  void headWithAnotherLossUsesTheSameMemory() {
    Trial trial = Trial.of(20, 4, 3, 3);
    EmulatedDriver gpu = EmulatedDriver.load();
    try (CudaEncoders encoders =
        new CudaBackend(() -> gpu).open(Trial.WIDTHS.modalities(), trial.parameters())) {
      PerModality<float[]> states = trial.states(encoders);
      CudaHead head = encoders.openHead(Trial.head(20), Loss.UNWEIGHTED);
      head.infer(states, trial.batch().presence());
      long allocated = gpu.mer_emulator_allocated();
      head.withLoss(FOCAL).infer(states, trial.batch().presence());
      assertThat(gpu.mer_emulator_allocated()).isEqualTo(allocated);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 65})
  void headRunsOnTheGpuForAnyNumberOfClasses(int classes) {
    HeadShape shape = Trial.head(40, classes);
    Trial trial = Trial.of(20, 2, 2, 3);
    Batch batch = trial.batch();
    float[] targets = new float[batch.size() * classes];
    TrainingOptions options =
        new TrainingOptions(
            Loss.unweighted(classes), new AdamW.Rates(1, 0), new GradientClipping(1));
    try (Network network =
            new CudaBackend(EmulatedDriver::load)
                .openNetwork(
                    shape, Trial.parameters(new EncoderShape(Trial.WIDTHS, 20), shape, 1));
        TrainingSession session = network.startTraining(options, trial.batcher())) {
      assertThat(network).isInstanceOf(CudaNetwork.class);
      assertThat(session.featurePlacement())
          .startsWith("the features of 2 segments are resident on the GPU");
      Batch own = new Batch(batch.segments(), batch.presence(), batch.sequences(), targets);
      assertThat(session.step(own, own.presence(), new Seeds(1).stream("dropout"), 0.1).isFinite())
          .isTrue();
    }
  }

  private static void assertSameStep(
      Parameters parameters, TrainingSession cuda, TrainingSession cpu, Batch batch) {
    StepResult found = cuda.step(batch, batch.presence(), new Seeds(1).stream("head-dropout"), 0);
    StepResult expected = cpu.step(batch, batch.presence(), new Seeds(1).stream("head-dropout"), 0);
    assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-5));
    assertSameGradient(parameters, cuda.gradient(), cpu.gradient());
  }

  /**
   * Compares each tensor, relative to its norm or a thousandth of the gradient's norm if that is
   * larger: the gradients of the attention are differences of nearly equal numbers.
   */
  private static void assertSameGradient(Parameters parameters, float[] found, float[] expected) {
    double smallest = norm(expected, new float[expected.length]) / 1000;
    for (ParameterView tensor : parameters.views()) {
      int end = tensor.offset() + tensor.size();
      float[] own = Arrays.copyOfRange(found, tensor.offset(), end);
      float[] other = Arrays.copyOfRange(expected, tensor.offset(), end);
      assertThat(norm(own, other))
          .as(tensor.name())
          .isLessThan(1e-4 * Math.max(norm(other, new float[other.length]), smallest));
    }
  }

  /** Returns ‖a−b‖. */
  private static double norm(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  /** Returns a batch with valid targets of its task. */
  private static Batch labeled(Batch batch, LabelSet labels) {
    int classes = labels.classCount();
    SeedStream draws = new Seeds(6).stream("targets");
    float[] targets = new float[batch.size() * classes];
    for (int i = 0; i < targets.length; i++) {
      int row = i / classes;
      int label = i % classes;
      boolean present =
          labels.task() == LabelSet.Task.MULTI_LABEL
              ? draws.nextInt(3) == 0
              : label == (classes - 1 + row) % classes;
      targets[i] = present ? 1 : 0;
    }
    return new Batch(batch.segments(), batch.presence(), batch.sequences(), targets);
  }

  private static List<Emotion> labels(int count) {
    return IntStream.range(0, count).mapToObj(label -> Emotion.of("label " + label)).toList();
  }

  private static MultimodalModel model(
      String backend, Fusion fusion, LabelSet labels, int modalities) {
    List<Modality> read = EIGHT.modalities().subList(0, modalities);
    PerModality<Integer> widths = PerModality.of(read, EIGHT::get);
    return MultimodalModel.builder()
        .inputs(widths)
        .hidden(20)
        .headHidden(30)
        .fusion(fusion)
        .labels(labels)
        .backend(backend)
        .build();
  }
}
