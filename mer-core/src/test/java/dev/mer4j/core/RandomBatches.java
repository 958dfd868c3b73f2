package dev.mer4j.core;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Sequences.Layout;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Batches of random noise with given lengths and presence. */
public final class RandomBatches {
  private RandomBatches() {}

  /** Returns sequences of standard normal noise, zero after each row's length. */
  public static Sequences sequences(int steps, int width, int[] lengths, Layout layout, long seed) {
    SeedStream noise = new Seeds(seed).stream("sequences");
    float[] values = new float[lengths.length * steps * width];
    Sequences sequences = new Sequences(lengths.length, steps, width, lengths, layout, values);
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        for (int d = 0; d < width; d++) {
          values[sequences.offset(b, t) + d] = (float) noise.nextGaussian();
        }
      }
    }
    return sequences;
  }

  /** Returns a batch with the given widths and lengths and random targets. */
  public static Batch batch(
      PerModality<Integer> widths,
      PerModality<int[]> lengths,
      List<ModalitySet> presence,
      Layout layout,
      long seed) {
    PerModality.Builder<Sequences> sequences = PerModality.builder();
    widths.forEach(
        (modality, width) -> {
          int[] rows = lengths.get(modality);
          int steps = IntStream.of(rows).max().orElse(0);
          sequences.put(modality, sequences(steps, width, rows, layout, seed + width));
        });
    List<SegmentInfo> segments = new ArrayList<>();
    SeedStream labels = new Seeds(seed).stream("labels");
    float[] targets = new float[presence.size() * Emotion.MOSEI.size()];
    for (int b = 0; b < presence.size(); b++) {
      for (int c = 0; c < Emotion.MOSEI.size(); c++) {
        targets[b * Emotion.MOSEI.size() + c] = labels.nextBoolean() ? 1 : 0;
      }
      PerModality.Builder<Integer> steps = PerModality.builder();
      for (Modality modality : presence.get(b).toList()) {
        steps.put(modality, lengths.get(modality)[b]);
      }
      segments.add(
          new SegmentInfo(
              new SegmentId("noise", b),
              0,
              1,
              EmotionScores.mosei(0, 0, 0, 0, 0, 0, 0),
              steps.build()));
    }
    return new Batch(segments, Presence.of(presence), sequences.build(), targets);
  }
}
