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

  private static final Map<Modality, Double> RATES =
      Map.of(Modality.TEXT, 2.75, Modality.AUDIO, 100.0, Modality.VISUAL, 30.0);

  private Recipe() {}

  static ModelBuilder model() {
    return MultimodalModel.builder().inputs(WIDTHS).hidden(HIDDEN);
  }

  /** A batch in which every row is {@code steps} long in every modality. */
  static Batch batch(int rows, int steps, Sequences.Layout layout) {
    Map<Modality, int[]> lengths = new EnumMap<>(Modality.class);
    WIDTHS.keySet().forEach(modality -> lengths.put(modality, filled(rows, steps)));
    return batch(rows, lengths, layout);
  }

  /**
   * A batch whose rows last as long as MOSEI's segments do: lognormal with median 6.5 s and 90th
   * percentile 13.4 s, at 2.75 words, 100 audio frames and 30 video frames a second, cut after 300.
   */
  static Batch mosei(int rows, long seed, Sequences.Layout layout) {
    SeedStream draws = new Seeds(seed).stream("durations");
    Map<Modality, int[]> lengths = new EnumMap<>(Modality.class);
    WIDTHS.keySet().forEach(modality -> lengths.put(modality, new int[rows]));
    for (int b = 0; b < rows; b++) {
      double seconds = 6.5 * Math.exp(0.5645 * draws.nextGaussian());
      for (Modality modality : WIDTHS.keySet()) {
        int steps = (int) Math.ceil(seconds * RATES.getOrDefault(modality, 0.0));
        lengths.get(modality)[b] = Math.min(STEPS, steps);
      }
    }
    return batch(rows, lengths, layout);
  }

  private static Batch batch(int rows, Map<Modality, int[]> lengths, Sequences.Layout layout) {
    SeedStream noise = new Seeds(1).stream("noise");
    Map<Modality, Sequences> sequences = new EnumMap<>(Modality.class);
    List<Map<Modality, Integer>> steps = new ArrayList<>();
    for (int b = 0; b < rows; b++) {
      steps.add(new EnumMap<>(Modality.class));
    }
    lengths.forEach(
        (modality, own) -> {
          int width = WIDTHS.getOrDefault(modality, 1);
          int longest = Arrays.stream(own).max().orElse(0);
          float[] values = new float[rows * longest * width];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) noise.nextGaussian();
          }
          sequences.put(modality, new Sequences(rows, longest, width, own, layout, values));
          for (int b = 0; b < rows; b++) {
            steps.get(b).put(modality, own[b]);
          }
        });
    List<SegmentInfo> segments = new ArrayList<>();
    float[] targets = new float[rows * 6];
    for (int b = 0; b < rows; b++) {
      targets[b * 6 + b % 6] = 1;
      EmotionScores scores = new EmotionScores(0, 1, 0, 0, 0, 0, 0);
      segments.add(new SegmentInfo(new SegmentId("noise", b), 0, 1, scores, steps.get(b)));
    }
    Presence presence = Presence.of(Collections.nCopies(rows, ModalitySet.ALL));
    return new Batch(segments, presence, sequences, targets);
  }

  private static int[] filled(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
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
