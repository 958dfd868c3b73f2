package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.eval.attribution.Timeline;
import java.util.List;
import java.util.Locale;

/**
 * Reports the time of a timeline and of one prediction: {@code TimelineReport [steps]}, by default
 * a segment of 300 steps of each modality, at the real widths.
 */
public final class TimelineReport {
  private static final int REPETITIONS = 20;
  private static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 300, Modality.AUDIO, 74, Modality.VISUAL, 713);

  private TimelineReport() {}

  /** Prints the first and the shortest time of each, in milliseconds. */
  public static void main(String[] args) {
    int steps = args.length > 0 ? Integer.parseInt(args[0]) : 300;
    Segment segment =
        new Segment(
            new SegmentId("v", 0),
            0,
            10,
            EmotionScores.mosei(0, 1, 0, 0, 0, 0, 0),
            WIDTHS.map(width -> features(steps, width)));
    SegmentList single = SegmentList.of(List.of(segment));
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(WIDTHS)
            .hidden(128)
            .fusion(Fusion.attention())
            .seed(1)
            .build()) {
      print("prediction", () -> model.predict(single));
      print("timeline", () -> Timeline.of(model, segment));
    }
  }

  private static Features features(int steps, int width) {
    float[] values = new float[steps * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 31 % 101 - 50) / 30f;
    }
    return new Features(steps, width, values);
  }

  private static void print(String what, Runnable work) {
    double first = milliseconds(work);
    double shortest = first;
    for (int r = 1; r < REPETITIONS; r++) {
      shortest = Math.min(shortest, milliseconds(work));
    }
    System.out.printf(
        Locale.ROOT, "%-10s first %7.1f ms, shortest %7.1f ms%n", what, first, shortest);
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
