package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.TrainingListener;
import dev.mer4j.train.TrainingRun;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares models trained on the emulated GPU with models trained on the CPU. */
class CudaTrainingTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(30, 5, 1);
  private static final AdamW.Rates RATES = new AdamW.Rates(1e-3, 0.1);
  private static final Loss FOCAL = new Loss(List.of(1.0, 2.0, 0.5, 3.0, 1.5, 4.0), 2);

  @BeforeEach
  void requireEmulator() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
  }

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(Fusion.concatenation(), LabelSet.MULTI_LABEL, Loss.UNWEIGHTED, 0.1),
        Arguments.of(Fusion.attention(), LabelSet.MULTI_LABEL, FOCAL, 1e9),
        Arguments.of(Fusion.attentionSum(), LabelSet.MULTI_LABEL, FOCAL, 0.1),
        Arguments.of(Fusion.additive(2), LabelSet.MULTI_LABEL, FOCAL, 0.1),
        Arguments.of(
            Fusion.attention(), LabelSet.singleLabel(TieRule.NONE_CLASS), Loss.unweighted(7), 0.1));
  }

  static Stream<Fusion> pooledModels() {
    return Stream.of(Fusion.attention(), Fusion.additive(2));
  }

  @ParameterizedTest
  @MethodSource("models")
  void severalStepsEqualThoseOfTheCpu(Fusion fusion, LabelSet labels, Loss loss, double maxNorm) {
    ModelBuilder model = builder(fusion).labels(labels);
    try (MultimodalModel cuda = model.backend("cuda-emulated").build();
        MultimodalModel cpu = model.backend("native").build()) {
      assertStepsAreEqual(
          cuda, cpu, new TrainingOptions(loss, RATES, new GradientClipping(maxNorm)));
    }
  }

  @ParameterizedTest
  @MethodSource("pooledModels")
  void severalStepsWithPoolingEqualThoseOfTheCpu(Fusion fusion) {
    ModelBuilder model = builder(fusion);
    try (MultimodalModel cuda = RandomSegments.pooled(model.backend("cuda-emulated"));
        MultimodalModel cpu = RandomSegments.pooled(model.backend("java"))) {
      assertStepsAreEqual(cuda, cpu, new TrainingOptions(FOCAL, RATES, new GradientClipping(0.1)));
    }
  }

  private static void assertStepsAreEqual(
      MultimodalModel cuda, MultimodalModel cpu, TrainingOptions options) {
    Batcher batcher = Batcher.builder(SEGMENTS).labels(cpu.config().labels()).batchSize(6).build();
    List<Batch> batches = batcher.epoch(0);
    try (TrainingSession session = cuda.startTraining(options, batcher);
        TrainingSession reference = cpu.startTraining(options, batcher)) {
      for (int i = 0; i < batches.size(); i++) {
        StepResult found = step(session, batches.get(i), i);
        StepResult expected = step(reference, batches.get(i), i);
        assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-5));
        assertThat(found.gradientNorm())
            .isCloseTo(expected.gradientNorm(), within(1e-4 * expected.gradientNorm()));
        assertThat(found.clipped()).isEqualTo(expected.clipped());
      }
      assertClose(cuda, cuda.parameters().values(), cpu.parameters().values());
      assertClose(cuda, session.gradient(), reference.gradient());
      AdamW.State moments = session.optimizerState();
      assertClose(cuda, moments.mean(), reference.optimizerState().mean());
      assertClose(cuda, moments.square(), reference.optimizerState().square());
      assertThat(moments.step()).isEqualTo(batches.size());
    }
  }

  static Stream<Arguments> fusionsWithoutKernels() {
    return Stream.of(
        Arguments.of(Fusion.additive(1), "additive fusion"),
        Arguments.of(Fusion.attentionSum(), "a weighted sum by attention"));
  }

  @ParameterizedTest
  @MethodSource("fusionsWithoutKernels")
  void reportsThatTheHeadRunsOnTheHost(Fusion fusion, String name) {
    Batcher batches = Batcher.builder(SEGMENTS).batchSize(10).build();
    TrainingOptions options = new TrainingOptions(Loss.UNWEIGHTED, RATES, new GradientClipping(1));
    try (MultimodalModel model = model(fusion);
        TrainingSession session = model.startTraining(options, batches)) {
      assertThat(session.featurePlacement())
          .isEqualTo(
              "features are read and packed batch by batch; the fusion head runs on the host,"
                  + " because the GPU has no kernels for "
                  + name);
    }
  }

  private static void assertClose(MultimodalModel model, float[] found, float[] expected) {
    for (ParameterView view : model.parameters().views()) {
      double difference = 0;
      double norm = 0;
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        difference += Math.pow((double) found[i] - expected[i], 2);
        norm += Math.pow(expected[i], 2);
      }
      assertThat(Math.sqrt(difference)).as(view.name()).isLessThanOrEqualTo(1e-4 * Math.sqrt(norm));
    }
  }

  @Test
  void modelSavedAfterStepsGivesTheSamePredictions(@TempDir Path folder) {
    Batcher batches = Batcher.builder(SEGMENTS).batchSize(10).build();
    TrainingOptions options = new TrainingOptions(Loss.UNWEIGHTED, RATES, new GradientClipping(1));
    try (MultimodalModel model = model(Fusion.attention());
        TrainingSession session = model.startTraining(options, batches)) {
      step(session, batches.epoch(0).get(0), 0);
      model.save(folder, Provenance.UNKNOWN);
      try (MultimodalModel loaded = MultimodalModel.load(folder, "cuda-emulated")) {
        assertThat(loaded.parameters().sha256()).isEqualTo(model.parameters().sha256());
        assertThat(loaded.predict(SEGMENTS)).isEqualTo(model.predict(SEGMENTS));
      }
    }
  }

  static Stream<Arguments> resumedModels() {
    return Stream.of(
        Arguments.of(builder(Fusion.attention()), 0),
        Arguments.of(builder(Fusion.additive(2)).pooling(Pooling.ATTENTION), 0.9));
  }

  @ParameterizedTest(name = "decay of the parameters' average: {1}")
  @MethodSource("resumedModels")
  void resumedRunIsBitIdentical(ModelBuilder model, double ema, @TempDir Path folder) {
    Cancellation inTheSecondEpoch = new Cancellation();
    TrainingListener canceller =
        new TrainingListener() {
          @Override
          public void stepFinished(StepRecord done) {
            if (done.epoch() == 2 && done.step() == 1) {
              inTheSecondEpoch.cancel();
            }
          }
        };
    String whole = train(model, Trainer.builder().checkpoints(folder.resolve("whole")), ema);
    Path parts = folder.resolve("parts");
    train(
        model,
        Trainer.builder().checkpoints(parts).listener(canceller).cancellation(inTheSecondEpoch),
        ema);
    assertThat(train(model, Trainer.builder().checkpoints(parts).resume(true), ema))
        .isEqualTo(whole);
  }

  @Test
  void residentAndPrefetchedFeaturesGiveBitIdenticalRuns() {
    List<String> placements = new ArrayList<>();
    EmulatedDriver gpu = EmulatedDriver.load();
    TrainingListener witness =
        new TrainingListener() {
          @Override
          public void featuresPlaced(String where) {
            placements.add(where);
          }
        };
    TrainingListener otherUser =
        new TrainingListener() {
          @Override
          public void started(int epochs, History before) {
            gpu.mer_emulator_set_memory(60 << 20);
          }
        };
    ModelBuilder model = builder(Fusion.attention()).pooling(Pooling.ATTENTION);
    String resident = train(model, Trainer.builder().listener(witness), 0);
    String prefetched = train(model, Trainer.builder().listener(witness).listener(otherUser), 0);

    assertThat(prefetched).isEqualTo(resident);
    assertThat(placements.get(0)).startsWith("the features of 10 segments are resident on the GPU");
    assertThat(placements.get(1)).startsWith("features are prefetched to the GPU batch by batch");
  }

  /**
   * Returns the history without durations, and the parameters, of a run of two epochs with two
   * steps.
   */
  private static String train(ModelBuilder builder, Trainer.Builder trainer, double ema) {
    TrainerConfig config =
        TrainerConfig.builder()
            .epochs(2)
            .batchSize(5)
            .learningRate(0.02)
            .checkpointEvery(1)
            .ema(ema)
            .build();
    try (MultimodalModel model = builder.backend("cuda-emulated").build()) {
      TrainingRun run =
          trainer
              .config(config)
              .build()
              .fit(
                  model,
                  TrainingSplit.of(RandomSegments.of("train", 10, 3, 1)),
                  ValidationSplit.of(RandomSegments.of("valid", 6, 3, 2)));
      return run.history().epochs().stream()
              .map(epoch -> epoch.loss() + " " + epoch.gradientNorm() + " " + epoch.validLoss())
              .collect(Collectors.joining("; "))
          + " "
          + model.parameters().sha256();
    }
  }

  private static StepResult step(TrainingSession session, Batch batch, int step) {
    return session.step(
        batch, batch.presence(), new Seeds(1).stream("head-dropout").at(step), 1e-3);
  }

  private static MultimodalModel model(Fusion fusion) {
    return builder(fusion).backend("cuda-emulated").build();
  }

  private static ModelBuilder builder(Fusion fusion) {
    return MultimodalModel.builder()
        .inputs(RandomSegments.WIDTHS)
        .hidden(6)
        .headHidden(9)
        .fusion(fusion);
  }
}
