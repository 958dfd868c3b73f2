package dev.mer4j.onnx;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Temperatures;
import dev.mer4j.core.Thresholds;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.label.LabelSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models with random parameters, and ragged segments for them. */
final class TestModels {
  /** D 3, 4 and 5; T 1 to 20; about a fifth of the modalities is absent. */
  static final SegmentSet SEGMENTS = segments();

  private TestModels() {}

  static ModelConfig.Builder config(Fusion fusion, LabelSet labels) {
    return ModelConfig.builder()
        .inputs(SEGMENTS.widths())
        .hidden(5)
        .headHidden(7)
        .fusion(fusion)
        .labels(labels);
  }

  static MultimodalModel of(Fusion fusion, LabelSet labels) {
    return of(config(fusion, labels).build());
  }

  /**
   * Returns a model with parameters of twice the usual range, random pooling, the standardization
   * of {@link #SEGMENTS}, and thresholds and temperatures of single sets.
   */
  static MultimodalModel of(ModelConfig config) {
    MultimodalModel model = MultimodalModel.builder().config(config).seed(3).build();
    float[] values = model.parameters().values();
    for (int p = 0; p < values.length; p++) {
      values[p] *= 2;
    }
    if (config.pooling() == Pooling.ATTENTION) {
      randomizePooling(model);
    }
    if (config.inputs().equals(SEGMENTS.widths())) {
      model.setStandardization(Standardization.fit(SEGMENTS));
    }
    ModalitySet all = ModalitySet.of(config.inputs().modalities());
    ModalitySet first = ModalitySet.of(config.inputs().modalities().get(0));
    model.setThresholds(
        new Thresholds(
            values(config, 0.45), Map.of(first, values(config, 0.6), all, values(config, 0.3))));
    model.setTemperatures(
        new Temperatures(
            values(config, 1.5), Map.of(first, values(config, 0.7), all, values(config, 2.5))));
    return model;
  }

  /** Writes a model of {@link #of(ModelConfig)} to {@code model.onnx} in a folder. */
  static Path write(Path folder, ModelConfig config) {
    Path file = folder.resolve("model.onnx");
    try (MultimodalModel model = of(config)) {
      OnnxFile.write(model, file);
    }
    return file;
  }

  private static void randomizePooling(MultimodalModel model) {
    Random random = new Random(4);
    model.parameters().views().stream()
        .filter(view -> view.name().startsWith("pooling."))
        .forEach(
            view -> {
              for (int p = view.offset(); p < view.offset() + view.size(); p++) {
                model.parameters().values()[p] = (float) (2 * random.nextGaussian());
              }
            });
  }

  /** Returns [C] values in [first, first + 0.3]. */
  private static List<Double> values(ModelConfig config, double first) {
    List<Double> values = new ArrayList<>();
    for (int c = 0; c < config.labels().classCount(); c++) {
      values.add(first + 0.05 * (3 * c % 7));
    }
    return values;
  }

  private static SegmentSet segments() {
    Random random = new Random(5);
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < 70; s++) {
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : Modality.MOSEI) {
        if (s == 0 || random.nextInt(5) > 0) {
          int width = 3 + Modality.MOSEI.indexOf(modality);
          features.put(modality, features(1 + random.nextInt(20), width, random));
        }
      }
      segments.add(
          new Segment(new SegmentId("v", s), 0, 1, EmotionScores.UNLABELED, features.build()));
    }
    return SegmentList.of(segments, Emotion.MOSEI);
  }

  private static Features features(int steps, int width, Random random) {
    float[] values = new float[steps * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (5 + 2 * random.nextGaussian());
    }
    return new Features(steps, width, values);
  }
}
