package dev.mer4j.eval;

import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/**
 * Segments with planted signals, and small models: happy and disgust depend on text alone, sad on
 * audio alone, anger on visual alone, surprise on all three, fear on none.
 */
public final class ToyModels {
  /** An optimizer with learning rate zero, for steps that only compute gradients. */
  private static final TrainingOptions GRADIENTS =
      new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(1, 0), new GradientClipping(1));

  public static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 4, Modality.AUDIO, 3, Modality.VISUAL, 5);

  private ToyModels() {}

  /** Returns segments of which a share lacks each modality, seven per video. */
  public static SegmentSet planted(int count, double absent, String name, long seed) {
    return planted(WIDTHS, count, absent, name, seed);
  }

  /** The same for modalities of these widths: emotion m shows in modality m alone. */
  public static SegmentSet planted(
      PerModality<Integer> widths, int count, double absent, String name, long seed) {
    SeedStream draws = new Seeds(seed).stream(name);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] s = new float[Emotion.MOSEI.size()];
      for (int c = 0; c < s.length; c++) {
        s[c] = draws.nextInt(2);
      }
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : widths.modalities()) {
        Features own = features(widths, modality, s, draws);
        if (draws.nextDouble() >= absent) {
          features.put(modality, own);
        }
      }
      segments.add(
          new Segment(
              new SegmentId(name + i / 7, i % 7),
              0,
              1,
              EmotionScores.mosei(0, s[0], s[1], s[2], s[3], s[4], s[5]),
              features.build()));
    }
    return SegmentList.of(segments);
  }

  private static Features features(
      PerModality<Integer> widths, Modality modality, float[] labels, SeedStream draws) {
    int width = widths.get(modality);
    int steps = 2 + draws.nextInt(4);
    float[] values = new float[steps * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.nextGaussian(0, 0.3);
      if (i % width == 0) {
        values[i] += 2 * labels[widths.modalities().indexOf(modality) % labels.length] - 1;
      } else if (i % width == 1) {
        values[i] += 2 * labels[Emotion.MOSEI.indexOf(Emotion.SURPRISE)] - 1;
      } else if (i % width == 2 && modality.equals(Modality.TEXT)) {
        values[i] += 2 * labels[Emotion.MOSEI.indexOf(Emotion.DISGUST)] - 1;
      }
    }
    return new Features(steps, width, values);
  }

  /** Widths of these modalities, such as {@code text,gaze}. */
  public static PerModality<Integer> widths(String modalities) {
    return PerModality.of(ModalitySet.parse(modalities).toList(), modality -> 4);
  }

  public static ModelBuilder small(Fusion fusion) {
    return small(fusion, WIDTHS);
  }

  public static ModelBuilder small(Fusion fusion, PerModality<Integer> widths) {
    return MultimodalModel.builder()
        .inputs(widths)
        .hidden(6)
        .headHidden(16)
        .headDropout(0)
        .fusion(fusion)
        .seed(3);
  }

  /** Trains by Adam, with a random set of modalities for each row of each batch. */
  public static MultimodalModel trained(Fusion fusion, SegmentSet segments, int epochs) {
    return trained(fusion, segments, epochs, true);
  }

  /**
   * Trains by Adam.
   *
   * @param dropping whether each row of each batch has a random set of modalities
   */
  public static MultimodalModel trained(
      Fusion fusion, SegmentSet segments, int epochs, boolean dropping) {
    MultimodalModel model = small(fusion, segments.widths()).build();
    List<Modality> modalities = segments.widths().modalities();
    SeedStream draws = new Seeds(5).stream("toy");
    float[] values = model.parameters().values();
    double[] first = new double[values.length];
    double[] second = new double[values.length];
    int steps = 0;
    Batcher batches = Batcher.builder(segments).batchSize(32).build();
    try (TrainingSession session = model.startTraining(GRADIENTS, batches)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (Batch batch : batches.epoch(epoch)) {
          List<ModalitySet> kept = new ArrayList<>();
          for (int b = 0; b < batch.size(); b++) {
            kept.add(
                ModalitySet.ofBits(1 + draws.nextInt((1 << modalities.size()) - 1), modalities));
          }
          Presence all = batch.presence();
          session.step(batch, dropping ? all.and(Presence.of(kept)) : all, draws, 0);
          steps++;
          float[] gradient = session.gradient();
          double meanBias = 1 - Math.pow(0.9, steps);
          double squareBias = 1 - Math.pow(0.99, steps);
          for (int i = 0; i < values.length; i++) {
            double g = gradient[i];
            first[i] = 0.9 * first[i] + 0.1 * g;
            second[i] = 0.99 * second[i] + 0.01 * g * g;
            double mean = first[i] / meanBias;
            double square = second[i] / squareBias;
            values[i] -= (float) (0.03 * mean / (Math.sqrt(square) + 1e-8));
          }
        }
      }
    }
    return model;
  }
}
