package dev.mer4j.benchmarks;

import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.distribution.LogNormalDistribution;

/** The sizes of the published recipe, and batches of noise with these sizes. */
final class Recipe {
  static final int HIDDEN = 128;
  static final int BATCH = 16;
  static final int STEPS = 300;
  static final double LEARNING_RATE = 1e-4;
  static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 300, Modality.AUDIO, 74, Modality.VISUAL, 713);

  private static final PerModality<Double> RATES =
      PerModality.of(Modality.TEXT, 2.75, Modality.AUDIO, 100.0, Modality.VISUAL, 30.0);

  private Recipe() {}

  static ModelBuilder model() {
    return MultimodalModel.builder().inputs(WIDTHS).hidden(HIDDEN);
  }

  /** Starts a training session for steps with separate batches. */
  static TrainingSession startTraining(MultimodalModel model) {
    return model.startTraining(options(1), segments(model.layout()));
  }

  /** Returns the loss, rates and clipping of training. */
  static TrainingOptions options(double clipNorm) {
    return new TrainingOptions(
        Loss.UNWEIGHTED, new AdamW.Rates(LEARNING_RATE, 0.01), new GradientClipping(clipNorm));
  }

  /** Returns a batcher of one short segment, for sessions that run separate batches. */
  static Batcher segments(Sequences.Layout layout) {
    PerModality<Integer> steps = WIDTHS.map(width -> 1);
    return Batcher.builder(new NoiseSegments(List.of(steps)))
        .batchSize(BATCH)
        .layout(layout)
        .build();
  }

  /** Runs a training step. */
  static StepResult step(TrainingSession session, Batch batch, SeedStream headDropout) {
    return session.step(batch, batch.presence(), headDropout, LEARNING_RATE);
  }

  /** Returns a batch in which every row has {@code steps} steps of every modality. */
  static Batch batch(int rows, int steps, Sequences.Layout layout) {
    return batch(WIDTHS, rows, steps, layout);
  }

  /** Returns a batch of modalities with the given widths. */
  static Batch batch(PerModality<Integer> widths, int rows, int steps, Sequences.Layout layout) {
    return batch(widths, rows, widths.map(width -> filled(rows, steps)), layout);
  }

  /** Returns batches with the lengths of MOSEI's segments, grouped by length as in a trainer. */
  static List<Batch> mosei(int batches, int rows, Sequences.Layout layout) {
    List<PerModality<Integer>> all = moseiLengths(batches * rows);
    List<Batch> batchList = new ArrayList<>();
    for (int from = 0; from < all.size(); from += rows) {
      List<PerModality<Integer>> own = all.subList(from, from + rows);
      PerModality<int[]> lengths =
          PerModality.of(
              WIDTHS.modalities(), m -> own.stream().mapToInt(row -> row.get(m)).toArray());
      batchList.add(batch(WIDTHS, rows, lengths, layout));
    }
    return batchList;
  }

  /**
   * Returns the steps of segments, shortest first. Durations are lognormal with median 6.5 s and
   * 90th percentile 13.4 s, as in MOSEI, with 2.75 words, 100 audio frames and 30 video frames per
   * second, truncated to 300 steps. They are quantiles of the distribution, so that few segments
   * represent all.
   */
  static List<PerModality<Integer>> moseiLengths(int segments) {
    LogNormalDistribution seconds = new LogNormalDistribution(null, Math.log(6.5), 0.5645);
    List<PerModality<Integer>> lengths = new ArrayList<>();
    for (int s = 0; s < segments; s++) {
      double duration = seconds.inverseCumulativeProbability((s + 0.5) / segments);
      lengths.add(RATES.map(rate -> Math.min(STEPS, (int) Math.ceil(duration * rate))));
    }
    return lengths;
  }

  private static Batch batch(
      PerModality<Integer> widths, int rows, PerModality<int[]> lengths, Sequences.Layout layout) {
    SeedStream noise = new Seeds(1).stream("noise");
    PerModality.Builder<Sequences> sequences = PerModality.builder();
    lengths.forEach(
        (modality, own) -> {
          int width = widths.get(modality);
          int longest = Arrays.stream(own).max().orElse(0);
          float[] values = new float[rows * longest * width];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) noise.nextGaussian();
          }
          sequences.put(modality, new Sequences(rows, longest, width, own, layout, values));
        });
    List<SegmentInfo> segments = new ArrayList<>();
    float[] targets = new float[rows * 6];
    for (int b = 0; b < rows; b++) {
      targets[b * 6 + b % 6] = 1;
      EmotionScores scores = EmotionScores.builder().score(Emotion.HAPPY, 1).build();
      int row = b;
      PerModality<Integer> steps = lengths.map(own -> own[row]);
      segments.add(new SegmentInfo(new SegmentId("noise", b), 0, 1, scores, steps));
    }
    Presence presence = Presence.of(Collections.nCopies(rows, ModalitySet.of(widths.modalities())));
    return new Batch(segments, presence, sequences.build(), targets);
  }

  private static int[] filled(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }

  /**
   * Returns the useful floating-point operations of a forward and backward pass of all encoders:
   * gates, weight gradients and the recurrent gradient, but no gradient with respect to the inputs.
   */
  static double usefulFlops(int rows, int steps) {
    return rows * usefulFlops(WIDTHS.map(width -> steps));
  }

  /** Returns the useful floating-point operations of one row with the given steps. */
  static double usefulFlops(PerModality<Integer> steps) {
    double flops = 0;
    for (Modality modality : WIDTHS.modalities()) {
      double units = 2.0 * steps.get(modality) * 4 * HIDDEN;
      double gates = units * (WIDTHS.get(modality) + HIDDEN);
      double recurrentGradient = units * HIDDEN;
      flops += 2 * (2 * gates + recurrentGradient);
    }
    return flops;
  }

  /** Returns the floating-point operations of the gates in a forward pass. */
  static double forwardFlops(int rows, int steps) {
    return WIDTHS.values().stream()
        .mapToDouble(width -> 2 * 2.0 * rows * steps * 4 * HIDDEN * (width + HIDDEN))
        .sum();
  }

  /** Returns the operations of the recurrent products in a forward pass. */
  static double recurrentFlops(int rows, int steps) {
    return WIDTHS.size() * 2 * 2.0 * rows * steps * 4 * HIDDEN * HIDDEN;
  }
}
