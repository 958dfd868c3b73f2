package dev.mer4j.benchmarks;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import java.util.List;

/** Segments of noise with the recipe's widths, in constant memory. */
final class NoiseSegments implements SegmentSet {
  private static final EmotionScores SCORES =
      EmotionScores.builder().score(Emotion.HAPPY, 1).build();
  private static final int SHIFTS = 4096;

  private final List<PerModality<Integer>> lengths;
  private final PerModality<float[]> noise = Recipe.WIDTHS.map(NoiseSegments::values);

  /**
   * Creates a segment for each entry.
   *
   * @param lengths the steps of each modality, at most the recipe's
   */
  NoiseSegments(List<PerModality<Integer>> lengths) {
    this.lengths = List.copyOf(lengths);
  }

  private static float[] values(int width) {
    float[] values = new float[Recipe.STEPS * width + SHIFTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 31 % 101 - 50) / 30f;
    }
    return values;
  }

  @Override
  public int size() {
    return lengths.size();
  }

  @Override
  public PerModality<Integer> widths() {
    return Recipe.WIDTHS;
  }

  @Override
  public SegmentInfo info(int segment) {
    return new SegmentInfo(new SegmentId("noise", segment), 0, 1, SCORES, lengths.get(segment));
  }

  /** Reads each segment's values from a different offset in the noise. */
  @Override
  public void read(int segment, Modality modality, float[] target, int offset) {
    int count = lengths.get(segment).get(modality) * Recipe.WIDTHS.get(modality);
    System.arraycopy(noise.get(modality), segment % SHIFTS, target, offset, count);
  }
}
