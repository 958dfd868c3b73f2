package dev.mer4j.data.synth;

import dev.mer4j.data.Modality;
import dev.mer4j.seed.SeedStream;
import java.util.Arrays;

/**
 * Corrupts features with the faults of the release, at rates that occur in any file: -Inf and NaN
 * in COVAREP, ±33,000,000 in OpenFace, runs of zero rows in both, and zeros for the pauses between
 * words.
 */
final class Corruption {
  private static final double PAUSES = 0.08;
  private static final double INFINITE_ROWS = 0.004;
  private static final double NAN_ROWS = 0.001;
  private static final double HUGE_ROWS = 0.001;
  private static final double HUGE = 33_000_000;
  private static final double VIDEOS_WITH_ZEROS = 0.25;

  private final Modality modality;
  private final int width;
  private final SeedStream draws;

  Corruption(Modality modality, int width, SeedStream draws) {
    this.modality = modality;
    this.width = width;
    this.draws = draws;
  }

  /** Corrupts features [rows, D]. */
  void apply(double[] values, int rows) {
    for (int row = 0; row < rows; row++) {
      applyToRow(values, row * width);
    }
    if (!modality.equals(Modality.TEXT) && draws.nextDouble() < VIDEOS_WITH_ZEROS) {
      int from = draws.nextInt(rows);
      int to = Math.min(rows, from + 10 + draws.nextInt(50));
      Arrays.fill(values, from * width, to * width, 0);
    }
  }

  private void applyToRow(double[] values, int at) {
    double draw = draws.nextDouble();
    switch (modality.key()) {
      case "text" -> {
        if (draw < PAUSES) {
          Arrays.fill(values, at, at + width, 0);
        }
      }
      case "audio" -> {
        if (draw < INFINITE_ROWS) {
          values[at + Math.min(width - 1, 2 + draws.nextInt(9))] = Double.NEGATIVE_INFINITY;
        } else if (draw < INFINITE_ROWS + NAN_ROWS) {
          values[at + draws.nextInt(width)] = Double.NaN;
        }
      }
      default -> {
        if (draw < HUGE_ROWS) {
          int column = Math.max(0, width - 1 - draws.nextInt(6));
          values[at + column] = draws.nextBoolean() ? HUGE : -HUGE;
        }
      }
    }
  }
}
