package dev.mer4j.benchmarks;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.statistics.Uncertainty;
import java.util.List;
import java.util.Locale;

/**
 * Reports the cost of the missing-modality grid relative to one pass over the test fold: {@code
 * MissingGridReport [segments] [steps]}, by default 4662 segments of 50 steps, at the real widths.
 */
public final class MissingGridReport {
  private static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 300, Modality.AUDIO, 74, Modality.VISUAL, 713);

  private MissingGridReport() {}

  /** Prints times in seconds and their ratio to one pass. */
  public static void main(String[] args) {
    int segments = args.length > 0 ? Integer.parseInt(args[0]) : 4662;
    int steps = args.length > 1 ? Integer.parseInt(args[1]) : 50;
    SegmentSet all = new Waves(segments, steps);
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(WIDTHS)
            .hidden(128)
            .fusion(Fusion.attention())
            .seed(1)
            .build()) {
      Evaluator evaluator = new Evaluator(List.of());
      model.predict(all);
      double before = pass(model, all);
      long start = System.nanoTime();
      MissingGrid.DEFAULT.run(evaluator, "test", model, all);
      double grid = seconds(start);
      // The speed of the machine may have changed meanwhile.
      double after = pass(model, all);
      double pass = (before + after) / 2;
      print("one pass, before", before, pass);
      print("one pass, after", after, pass);
      print("the full grid, including its first pass", grid, pass);
      Encodings encodings = model.encode(all);
      var predictions = model.predict(encodings, encodings.presence());
      MissingGrid heads = new MissingGrid(0, MissingGrid.DEFAULT.modalityRates(), List.of(0.0));
      start = System.nanoTime();
      heads.run(evaluator, "test", model, all, encodings, (done, total) -> {});
      print("seven sets and eight rates of modalities, evaluated", seconds(start), pass);
      MissingGrid frames = new MissingGrid(0, List.of(0.0), List.of(0.0, 0.5));
      start = System.nanoTime();
      frames.run(evaluator, "test", model, all, encodings, (done, total) -> {});
      print("one rate of erased steps", seconds(start), pass);
      start = System.nanoTime();
      Attributions.of(model, encodings);
      print("Shapley values and the check", seconds(start), pass);
      start = System.nanoTime();
      Uncertainty.of(predictions);
      print("intervals of all metrics", seconds(start), pass);
    }
  }

  private static double pass(MultimodalModel model, SegmentSet segments) {
    long start = System.nanoTime();
    model.predict(segments);
    return seconds(start);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(String what, double seconds, double pass) {
    System.out.printf(Locale.ROOT, "%-50s %7.2f s  %5.2f passes%n", what, seconds, seconds / pass);
  }

  /** Segments computed on read: seven per video, with 40 to 100 % of the steps. */
  private record Waves(int size, int steps) implements SegmentSet {
    @Override
    public PerModality<Integer> widths() {
      return WIDTHS;
    }

    @Override
    public SegmentInfo info(int segment) {
      int own = Math.max(1, steps - (segment * 7919 % (steps * 6 / 10 + 1)));
      EmotionScores scores =
          EmotionScores.builder()
              .score(Emotion.HAPPY, segment % 2 == 0 ? 1 : 0)
              .score(Emotion.SAD, segment % 3 == 0 ? 1 : 0)
              .score(Emotion.ANGER, segment % 5 == 0 ? 1 : 0)
              .score(Emotion.SURPRISE, segment % 7 == 0 ? 1 : 0)
              .score(Emotion.DISGUST, segment % 4 == 0 ? 1 : 0)
              .build();
      return new SegmentInfo(
          new SegmentId("v" + segment / 7, segment % 7),
          0,
          1,
          scores,
          PerModality.of(Modality.TEXT, own, Modality.AUDIO, own, Modality.VISUAL, own));
    }

    @Override
    public void read(int segment, Modality modality, float[] target, int offset) {
      int values = info(segment).steps(modality) * WIDTHS.get(modality);
      for (int i = 0; i < values; i++) {
        target[offset + i] = ((i * 31 + segment * 17) % 101 - 50) / 30f;
      }
    }
  }
}
