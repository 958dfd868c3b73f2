package dev.mer4j.benchmarks;

import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The published recipe's sizes, and batches of noise in them. */
final class Recipe {
  static final int HIDDEN = 128;
  static final int BATCH = 16;
  static final int STEPS = 300;
  static final Map<Modality, Integer> WIDTHS =
      Map.of(Modality.TEXT, 300, Modality.AUDIO, 74, Modality.VISUAL, 713);

  private Recipe() {}

  static ModelBuilder model() {
    return MultimodalModel.builder().inputs(WIDTHS).hidden(HIDDEN);
  }

  /** A batch in which every row is {@code steps} long in every modality. */
  static Batch batch(int rows, int steps, Sequences.Layout layout) {
    SeedStream noise = new Seeds(1).stream("benchmark");
    Map<Modality, Sequences> sequences = new EnumMap<>(Modality.class);
    Map<Modality, Integer> lengths = new EnumMap<>(Modality.class);
    WIDTHS.forEach(
        (modality, width) -> {
          float[] values = new float[rows * steps * width];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) noise.nextGaussian();
          }
          int[] full = new int[rows];
          Arrays.fill(full, steps);
          sequences.put(modality, new Sequences(rows, steps, width, full, layout, values));
          lengths.put(modality, steps);
        });
    List<SegmentInfo> segments = new ArrayList<>();
    float[] targets = new float[rows * 6];
    for (int b = 0; b < rows; b++) {
      targets[b * 6 + b % 6] = 1;
      EmotionScores scores = new EmotionScores(0, 1, 0, 0, 0, 0, 0);
      segments.add(new SegmentInfo(new SegmentId("noise", b), 0, 1, scores, lengths));
    }
    Presence presence = Presence.of(Collections.nCopies(rows, ModalitySet.ALL));
    return new Batch(segments, presence, sequences, targets);
  }

  /**
   * The floating-point operations that a forward and backward pass of all encoders cannot do
   * without: gates, weight gradients and the recurrent gradient, but no gradient with respect to
   * the inputs.
   */
  static double usefulFlops(int rows, int steps) {
    double flops = 0;
    for (int width : WIDTHS.values()) {
      double gates = 2.0 * rows * steps * 4 * HIDDEN * (width + HIDDEN);
      double recurrentGradient = 2.0 * rows * steps * 4 * HIDDEN * HIDDEN;
      flops += 2 * (2 * gates + recurrentGradient);
    }
    return flops;
  }
}
