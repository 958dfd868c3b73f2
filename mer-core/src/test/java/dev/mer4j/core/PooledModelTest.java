package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PooledModelTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(40, 6, 2);
  private static final Batcher BATCHES = Batcher.builder(SEGMENTS).batchSize(8).build();

  @TempDir Path folder;

  static Stream<Fusion> fusions() {
    return Stream.of(Fusion.concatenation(), new Fusion.Attention(4), Fusion.additive(2));
  }

  private static ModelBuilder builder(Fusion fusion) {
    return RandomSegments.builder().fusion(fusion);
  }

  @ParameterizedTest
  @MethodSource("fusions")
  void aLoadedModelPredictsTheSame(Fusion fusion) throws IOException {
    try (MultimodalModel model = RandomSegments.pooled(builder(fusion))) {
      model.save(folder, Provenance.UNKNOWN);
      assertThat(Files.readString(folder.resolve("config.json")))
          .contains("\"pooling\" : \"attention\"");
      try (MultimodalModel loaded = MultimodalModel.load(folder)) {
        assertThat(loaded.config()).isEqualTo(model.config());
        assertThat(loaded.parameters().sha256()).isEqualTo(model.parameters().sha256());
        assertThat(loaded.predict(SEGMENTS).rows()).isEqualTo(model.predict(SEGMENTS).rows());
      }
    }
  }

  @Test
  void theDefaultIsNotInTheFile() throws IOException {
    try (MultimodalModel model = RandomSegments.builder().build()) {
      assertThat(model.config().pooling()).isEqualTo(Pooling.LAST);
      assertThat(model.parameters().views()).noneMatch(view -> view.name().startsWith("pooling."));
      model.save(folder, Provenance.UNKNOWN);
      assertThat(Files.readString(folder.resolve("config.json"))).doesNotContain("pooling");
      try (MultimodalModel loaded = MultimodalModel.load(folder)) {
        assertThat(loaded.config()).isEqualTo(model.config());
      }
    }
  }

  @Test
  void parametersOfPoolingAreZeroAndBeforeThoseOfTheHead() {
    try (MultimodalModel model = RandomSegments.builder().pooling(Pooling.ATTENTION).build();
        MultimodalModel last = RandomSegments.builder().build()) {
      List<ParameterView> views = model.parameters().views();
      assertThat(views.subList(24, 27))
          .extracting(ParameterView::name)
          .containsExactly("pooling.text.weight", "pooling.audio.weight", "pooling.visual.weight");
      for (ParameterView view : views.subList(24, 27)) {
        assertThat(view.shape()).containsExactly(1, 10);
        assertThat(model.parameters().copyOf(view.name())).containsOnly(0);
      }
      for (ParameterView view : views.subList(0, 24)) {
        assertThat(model.parameters().copyOf(view.name()))
            .isEqualTo(last.parameters().copyOf(view.name()));
      }
      assertThat(model.parameters().view("head.0.weight").shape()).containsExactly(7, 60);
    }
  }

  @ParameterizedTest
  @MethodSource("fusions")
  void encodedSegmentsPredictAsThoseWithoutTheOtherModalities(Fusion fusion) {
    try (MultimodalModel model = RandomSegments.pooled(builder(fusion))) {
      Encodings encodings = model.encode(SEGMENTS);
      for (ModalitySet available : ModalitySet.of(Modality.MOSEI).nonEmpty()) {
        assertThat(model.predict(encodings, available).rows())
            .isEqualTo(model.predict(SEGMENTS, available).rows());
      }
    }
  }

  @Test
  void contributionsSumToTheLogits() {
    try (MultimodalModel model = RandomSegments.pooled(builder(Fusion.additive(2)))) {
      Encodings encodings = model.encode(SEGMENTS);
      float[] logits = model.logits(encodings, encodings.presence());
      List<Prediction> rows = model.predict(SEGMENTS).rows();
      for (int s = 0; s < rows.size(); s++) {
        List<Double> sum = rows.get(s).contributions().orElseThrow().logits();
        for (int c = 0; c < 6; c++) {
          // The sum is rounded to single precision once: 6e-8 of values below 4.
          assertThat(sum.get(c)).isCloseTo(logits[s * 6 + c], within(2.4e-7));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fusions")
  void trainingMovesTheParametersOfPoolingAndLowersTheLoss(Fusion fusion) {
    TrainingOptions options =
        new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.01, 0.01), new GradientClipping(1));
    try (MultimodalModel model = builder(fusion).headDropout(0).pooling(Pooling.ATTENTION).build();
        TrainingSession session = model.startTraining(options, BATCHES)) {
      double first = epoch(session, 1);
      double last = first;
      for (int epoch = 2; epoch <= 20; epoch++) {
        last = epoch(session, epoch);
      }
      assertThat(last).isLessThan(0.8 * first);
      assertThat(model.parameters().copyOf("pooling.visual.weight")).doesNotContain(0);
    }
  }

  private static double epoch(TrainingSession session, int epoch) {
    double sum = 0;
    for (Batch batch : BATCHES.epoch(epoch)) {
      sum += session.step(batch, batch.presence(), new Seeds(1).stream("d"), 0.01).loss();
    }
    return sum;
  }

  @Test
  void defaultBackendSupportsIt() {
    EncoderShape shape = new EncoderShape(RandomSegments.WIDTHS, 5, Pooling.ATTENTION);
    assertThat(shape.stateWidth()).isEqualTo(20);
    assertThat(Backends.best(shape).name()).isEqualTo("native");
  }

  @Test
  void refusesUnknownPooling() {
    assertThatThrownBy(() -> Pooling.of("mean"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("unknown pooling 'mean': use last or attention");
    assertThat(Pooling.of("attention")).isEqualTo(Pooling.ATTENTION);
    assertThatThrownBy(
            () ->
                ModelConfig.builder()
                    .inputs(PerModality.of(Modality.TEXT, 3))
                    .pooling(null)
                    .build())
        .isInstanceOf(ConfigException.class)
        .hasMessage("model: pooling must not be null");
  }
}
