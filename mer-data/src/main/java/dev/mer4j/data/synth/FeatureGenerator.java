package dev.mer4j.data.synth;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;

/**
 * Generates one modality's features of a video: per column an offset and a scale, autocorrelated
 * noise, and the evidence of the scenes.
 */
final class FeatureGenerator {
  private static final PerModality<Double> RATES =
      PerModality.of(Modality.TEXT, 2.8, Modality.AUDIO, 100.0, Modality.VISUAL, 30.0);
  private static final PerModality<Double> AUTOCORRELATIONS =
      PerModality.of(Modality.TEXT, 0.0, Modality.AUDIO, 0.9, Modality.VISUAL, 0.8);

  private final Modality modality;
  private final Seeds seeds;
  private final int width;
  private final double rate;
  private final double autocorrelation;
  private final double[] offset;
  private final double[] scale;
  private final int[][] columns = new int[Emotion.MOSEI.size()][];
  private final double[][] signs = new double[Emotion.MOSEI.size()][];

  /**
   * Creates a generator.
   *
   * @param width D
   */
  FeatureGenerator(Modality modality, int width, Seeds seeds) {
    this.modality = modality;
    this.width = width;
    this.seeds = seeds;
    rate = RATES.get(modality);
    autocorrelation = AUTOCORRELATIONS.get(modality);
    SeedStream draws = seeds.stream("synthetic-columns").at(modality.key());
    offset = new double[width];
    scale = new double[width];
    for (int d = 0; d < width; d++) {
      scale[d] = modality.equals(Modality.TEXT) ? 0.3 : StrictMath.exp(draws.nextGaussian());
      offset[d] = scale[d] * draws.nextGaussian();
    }
    for (int c = 0; c < Emotion.MOSEI.size(); c++) {
      int[] shuffled = new int[width];
      Arrays.setAll(shuffled, d -> d);
      draws.shuffle(shuffled);
      columns[c] = Arrays.copyOf(shuffled, Math.max(1, width / 10));
      signs[c] = new double[columns[c].length];
      Arrays.setAll(signs[c], j -> draws.nextBoolean() ? 1 : -1);
    }
  }

  /** Generates the features of a video. */
  CsdEntry generate(VideoScript script) {
    SeedStream draws = seeds.stream("synthetic-rows").at(modality.key()).at(script.id());
    double[] intervals = intervals(script.seconds(), draws);
    int count = intervals.length / 2;
    double[] values = new double[Math.multiplyExact(count, width)];
    double[] noise = new double[width];
    Arrays.setAll(noise, d -> draws.nextGaussian());
    double innovation = Math.sqrt(1 - autocorrelation * autocorrelation);
    for (int row = 0; row < count; row++) {
      for (int d = 0; d < width; d++) {
        noise[d] = autocorrelation * noise[d] + innovation * draws.nextGaussian();
        values[row * width + d] = noise[d];
      }
      double middle = (intervals[2 * row] + intervals[2 * row + 1]) / 2;
      addEvidence(script, middle, values, row * width);
      for (int d = 0; d < width; d++) {
        int at = row * width + d;
        values[at] = offset[d] + scale[d] * values[at];
      }
    }
    new Corruption(modality, width, draws).apply(values, count);
    return new CsdEntry(script.id(), intervals, rows(values));
  }

  private void addEvidence(VideoScript script, double time, double[] values, int at) {
    for (VideoScript.Scene scene : script.scenes()) {
      VideoScript.Shown shown = scene.shown().get(modality);
      if (time >= shown.from() && time < shown.to()) {
        for (int c = 0; c < Emotion.MOSEI.size(); c++) {
          double evidence = shown.evidence()[c];
          for (int j = 0; j < columns[c].length; j++) {
            values[at + columns[c][j]] += evidence * signs[c][j];
          }
        }
      }
    }
  }

  private double[] intervals(double seconds, SeedStream draws) {
    if (!modality.equals(Modality.TEXT)) {
      double[] intervals = new double[2 * (int) Math.ceil(seconds * rate)];
      Arrays.setAll(intervals, i -> (i / 2 + i % 2) / rate);
      return intervals;
    }
    double[] intervals = new double[2 * (int) Math.ceil(seconds * 20)];
    int count = 0;
    for (double time = 0.2 * draws.nextDouble(); time < seconds; ) {
      double end = time + Math.max(0.06, StrictMath.exp(0.4 * draws.nextGaussian()) / rate);
      intervals[count++] = time;
      intervals[count++] = end;
      time = end;
    }
    return Arrays.copyOf(intervals, count);
  }

  private Rows rows(double[] values) {
    if (modality.equals(Modality.AUDIO)) {
      return new Rows.Doubles(width, values);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new Rows.Floats(width, floats);
  }
}
