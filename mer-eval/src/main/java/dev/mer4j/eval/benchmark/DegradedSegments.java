package dev.mer4j.eval.benchmark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.internal.segment.DelegatingSegmentSet;
import dev.mer4j.seed.SeedStream;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Segments as a model reads them under a condition. Erased steps have the model's mean of every
 * column, which is zero after standardization, and noise is in the model's standard deviations.
 */
final class DegradedSegments implements DelegatingSegmentSet {
  private final SegmentSet segments;
  private final Condition condition;
  private final BenchmarkMasks masks;
  private final Standardization standardization;
  private final Map<SegmentId, Integer> index = new HashMap<>();

  DegradedSegments(
      SegmentSet segments,
      Condition condition,
      BenchmarkMasks masks,
      Standardization standardization) {
    this.segments = segments;
    this.condition = condition;
    this.masks = masks;
    this.standardization = standardization;
    for (int s = 0; s < segments.size(); s++) {
      index.put(segments.info(s).id(), s);
    }
  }

  @Override
  public SegmentSet segments() {
    return segments;
  }

  @Override
  public SegmentInfo info(int segment) {
    SegmentInfo info = segments.info(segment);
    Degradation own = masks.of(condition, info);
    PerModality<Integer> steps =
        PerModality.of(
            masks.left(condition, info).toList(),
            modality -> segments.info(source(segment, own, modality)).steps(modality));
    return new SegmentInfo(info.id(), info.group(), info.start(), info.end(), info.scores(), steps);
  }

  private int source(int segment, Degradation own, Modality modality) {
    return own.swapped().find(modality).map(index::get).orElse(segment);
  }

  @Override
  public void read(int segment, Modality modality, float[] target, int offset) {
    Degradation own = masks.of(condition, segments.info(segment));
    int source = source(segment, own, modality);
    segments.read(source, modality, target, offset);
    if (!standardization.columns().has(modality)) {
      return;
    }
    Standardization.Columns columns = standardization.of(modality);
    own.erased().find(modality).ifPresent(steps -> erase(target, offset, steps, columns));
    int steps = segments.info(source).steps(modality);
    own.shift().find(modality).ifPresent(by -> rotate(target, offset, steps, columns.width(), by));
    own.noise().find(modality).ifPresent(draws -> addNoise(target, offset, steps, columns, draws));
  }

  private static void erase(
      float[] target, int offset, BitSet steps, Standardization.Columns columns) {
    double[] mean = columns.mean();
    for (int t = steps.nextSetBit(0); t >= 0; t = steps.nextSetBit(t + 1)) {
      for (int d = 0; d < mean.length; d++) {
        target[offset + t * mean.length + d] = (float) mean[d];
      }
    }
  }

  private static void rotate(float[] target, int offset, int steps, int width, int by) {
    float[] rows = new float[steps * width];
    System.arraycopy(target, offset, rows, 0, rows.length);
    for (int t = 0; t < steps; t++) {
      int to = Math.floorMod(t + by, steps);
      System.arraycopy(rows, t * width, target, offset + to * width, width);
    }
  }

  private void addNoise(
      float[] target, int offset, int steps, Standardization.Columns columns, SeedStream draws) {
    double[] scale = columns.scale();
    for (int i = 0; i < steps * scale.length; i++) {
      double own = scale[i % scale.length];
      double deviation = own == 0 ? 0 : condition.rate() / own;
      target[offset + i] += (float) (deviation * normal(draws));
    }
  }

  /** Returns a standard normal value from two draws (Box and Muller, 1958). */
  static double normal(SeedStream draws) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - draws.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * draws.nextDouble());
  }
}
