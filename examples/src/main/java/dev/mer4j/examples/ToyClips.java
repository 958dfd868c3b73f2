package dev.mer4j.examples;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/** Synthetic example data: noise in which each emotion shifts one column of the text features. */
final class ToyClips {
  static final PerModality<Integer> WIDTHS = PerModality.of(Modality.TEXT, 6, Modality.AUDIO, 3);

  private ToyClips() {}

  /**
   * Returns segments of five to eight steps.
   *
   * @param videos the prefix of the video ids; splits must not share a video
   */
  static SegmentList of(String videos, int count, long seed) {
    SeedStream draws = new Seeds(seed).stream(videos);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] scores = new float[6];
      for (int c = 0; c < scores.length; c++) {
        scores[c] = draws.nextInt(3) == 0 ? 1 : 0;
      }
      int steps = 5 + draws.nextInt(4);
      segments.add(
          new Segment(
              new SegmentId(videos + i / 4, i),
              0,
              steps,
              EmotionScores.mosei(
                  0, scores[0], scores[1], scores[2], scores[3], scores[4], scores[5]),
              PerModality.of(
                  Modality.TEXT, features(steps, WIDTHS.get(Modality.TEXT), scores, draws),
                  Modality.AUDIO,
                      features(steps, WIDTHS.get(Modality.AUDIO), new float[3], draws))));
    }
    return SegmentList.of(segments);
  }

  /** Returns features row by row: column d of step t is at {@code t * width + d}. */
  private static Features features(int steps, int width, float[] shifts, SeedStream draws) {
    float[] values = new float[steps * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.nextGaussian(2 * shifts[i % width], 1);
    }
    return new Features(steps, width, values);
  }
}
