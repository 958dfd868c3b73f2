package dev.mer4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Random segments for tests: D 3, 4 and 5, T 0 to 20, with randomly missing modalities. */
public final class TestSegments {
  private TestSegments() {}

  public static SegmentList random(int count, long seed) {
    return random(Modality.MOSEI, count, seed);
  }

  /** Of these modalities, D 3, 4 and so on. */
  public static SegmentList random(List<Modality> modalities, int count, long seed) {
    Random random = new Random(seed);
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : modalities) {
        if (random.nextInt(5) > 0 || s == 0) {
          int steps = s == 0 ? 20 : random.nextInt(21);
          features.put(modality, features(steps, 3 + modalities.indexOf(modality), random));
        }
      }
      float[] scores = new float[Emotion.MOSEI.size()];
      for (int c = 0; c < Emotion.MOSEI.size(); c++) {
        scores[c] = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
      }
      segments.add(
          new Segment(
              new SegmentId("v" + s / 3, s % 3),
              s,
              s + 1,
              EmotionScores.mosei(
                  0, scores[0], scores[1], scores[2], scores[3], scores[4], scores[5]),
              features.build()));
    }
    return SegmentList.of(segments);
  }

  private static Features features(int steps, int width, Random random) {
    float[] values = new float[steps * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (5 + 2 * random.nextGaussian());
    }
    return new Features(steps, width, values);
  }

  /** Returns all values of one column, segment by segment. */
  public static double[] column(SegmentSet segments, Modality modality, int d) {
    DoubleStream.Builder column = DoubleStream.builder();
    for (int s = 0; s < segments.size(); s++) {
      if (segments.info(s).modalities().contains(modality)) {
        Features features = segments.features(s, modality);
        for (int t = 0; t < features.steps(); t++) {
          column.add(features.values()[t * features.width() + d]);
        }
      }
    }
    return column.build().toArray();
  }
}
