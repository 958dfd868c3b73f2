package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import java.util.List;
import java.util.Locale;

/** Rejects features, encoder states and logits that are NaN or infinite. */
final class FiniteCheck {
  private static final int BLOCK = 1024;

  private FiniteCheck() {}

  /**
   * Checks the features of a batch before it is encoded.
   *
   * @param presence [B, M], the modalities that are encoded
   * @throws ConfigException naming the first segment, modality, step and column
   */
  static void features(Batch batch, Presence presence) {
    batch
        .sequences()
        .forEach(
            (modality, sequences) -> {
              int count = sequences.batch() * sequences.steps() * sequences.width();
              if (!allFinite(sequences.values(), count)) {
                locate(batch, presence, modality, sequences);
              }
            });
  }

  /**
   * Checks the encoder states of a batch.
   *
   * @param states [B, E] of each modality
   * @throws ConfigException naming the first segment and modality
   */
  static void states(Batch batch, PerModality<float[]> states) {
    states.forEach(
        (modality, values) -> {
          if (!allFinite(values, values.length)) {
            int width = values.length / batch.size();
            for (int i = 0; i < values.length; i++) {
              if (!Float.isFinite(values[i])) {
                throw new ConfigException(
                    String.format(
                            Locale.ROOT,
                            "segment %s: the %s encoder returns %s; its features or the model's",
                            id(batch, i / width),
                            modality.key(),
                            values[i])
                        + " parameters, are too large or not finite");
              }
            }
          }
        });
  }

  /**
   * Checks the logits of segments.
   *
   * @param logits [N, C]
   * @throws ConfigException naming the first segment
   */
  static void logits(List<SegmentInfo> segments, float[] logits) {
    if (allFinite(logits, logits.length)) {
      return;
    }
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new ConfigException(
            String.format(
                    Locale.ROOT,
                    "segment %s: the fusion head returns %s; the model's parameters are too large or not",
                    segments.get(i / (logits.length / segments.size())).id(),
                    logits[i])
                + " finite");
      }
    }
  }

  private static void locate(
      Batch batch, Presence presence, Modality modality, Sequences sequences) {
    for (int b = 0; b < sequences.batch(); b++) {
      for (int t = 0; t < sequences.lengths()[b] && presence.has(b, modality); t++) {
        for (int column = 0; column < sequences.width(); column++) {
          float value = sequences.values()[sequences.offset(b, t) + column];
          if (!Float.isFinite(value)) {
            throw new ConfigException(
                String.format(
                        Locale.ROOT,
                        "segment %s: %s features have %s at step %d, column %d, after standardization",
                        id(batch, b),
                        modality.key(),
                        value,
                        t,
                        column)
                    + "; replace non-finite values first, as the Sanitizer does");
          }
        }
      }
    }
  }

  private static SegmentId id(Batch batch, int row) {
    return batch.segments().get(row).id();
  }

  /**
   * Uses that a finite value times 0 is 0, and any other is NaN, which propagates through a sum.
   * The values are copied, because the JIT compiler vectorizes a loop over several arrays only if
   * they share one index.
   */
  private static boolean allFinite(float[] values, int count) {
    float[] zeros = new float[Math.min(count, BLOCK)];
    float[] block = new float[zeros.length];
    for (int from = 0; from < count; from += BLOCK) {
      System.arraycopy(values, from, block, 0, Math.min(count - from, BLOCK));
      for (int i = 0; i < block.length; i++) {
        zeros[i] += block[i] * 0;
      }
    }
    float sum = 0;
    for (float zero : zeros) {
      sum += zero;
    }
    return sum == 0;
  }
}
