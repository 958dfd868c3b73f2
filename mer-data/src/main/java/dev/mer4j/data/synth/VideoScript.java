package dev.mer4j.data.synth;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.seed.SeedStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scenes of a synthetic video, from which features are generated.
 *
 * @param scenes the scenes in the order of the label file, which may differ from time order
 * @param seconds the duration of the video
 * @param missing the modality whose file lacks the video; null if all have it
 */
record VideoScript(String id, List<Scene> scenes, double seconds, @Nullable Modality missing) {
  private static final double MEDIAN_SECONDS = 6.5;

  /** Gives a 90th percentile of 13.4 s. */
  private static final double LOG_DEVIATION = 0.5645;

  private static final double LONGEST_SECONDS = 109;
  private static final double SHORTEST_SECONDS = 1;

  /** The standard deviations above which the release's segments are longer than log-normal. */
  private static final double TAIL = 3;

  /** Gives a maximum of about 109 s in 23,000 segments. */
  private static final double TAIL_FACTOR = 1.6;

  VideoScript {
    scenes = List.copyOf(scenes);
  }

  /**
   * One segment.
   *
   * @param labels [7]: sentiment and six intensities, sometimes out of range
   * @param shown the evidence of each modality
   */
  record Scene(double start, double end, double[] labels, PerModality<Shown> shown) {}

  /**
   * The evidence of a segment in one modality.
   *
   * @param evidence [C], see {@link PlantedSignal}
   * @param from the start of the evidence, in seconds
   * @param to the end of the evidence, in seconds
   */
  record Shown(double[] evidence, double from, double to) {}

  /**
   * Generates a video.
   *
   * @param durationFactor the factor on all durations
   */
  static VideoScript of(String id, double durationFactor, SeedStream draws) {
    List<Scene> scenes = new ArrayList<>();
    int count = 1 + draws.nextInt(13);
    double time = draws.nextDouble() < 0.1 ? -0.45 * draws.nextDouble() : 0.5 * durationFactor;
    for (int i = 0; i < count; i++) {
      double duration = seconds(draws.nextGaussian()) * durationFactor;
      time = Math.max(time, -0.95 * duration);
      scenes.add(scene(time, time + duration, draws));
      boolean overlapping = draws.nextDouble() < 0.58;
      time += duration + durationFactor * draws.nextDouble() * (overlapping ? -0.3 : 1.5);
    }
    double seconds = scenes.stream().mapToDouble(Scene::end).max().orElse(0) + 0.5 * durationFactor;
    if (draws.nextDouble() < 0.4) {
      scenes.add(scenes.remove(draws.nextInt(count)));
    }
    Modality missing = draws.nextDouble() < 0.04 ? Modality.MOSEI.get(draws.nextInt(3)) : null;
    return new VideoScript(id, scenes, seconds, missing);
  }

  /**
   * Returns the duration of a segment whose logarithm is the given number of standard deviations
   * from the median.
   */
  static double seconds(double deviations) {
    double log =
        LOG_DEVIATION * Math.min(TAIL, deviations) + TAIL_FACTOR * Math.max(0, deviations - TAIL);
    double seconds = MEDIAN_SECONDS * StrictMath.exp(log);
    return Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, seconds));
  }

  private static Scene scene(double start, double end, SeedStream draws) {
    double[] intensities = new double[Emotion.MOSEI.size()];
    for (int c = 0; c < Emotion.MOSEI.size(); c++) {
      if (draws.nextDouble() < LabelPrior.FREQUENCIES[c]) {
        int thirds = 1 + (int) (-StrictMath.log(1 - draws.nextDouble()) / 0.8);
        intensities[c] = Math.min(9, thirds) / 3.0;
      }
    }
    PerModality.Builder<Shown> shown = PerModality.builder();
    for (Modality modality : Modality.MOSEI) {
      double[] evidence = new double[Emotion.MOSEI.size()];
      for (Emotion emotion : Emotion.MOSEI) {
        evidence[Emotion.MOSEI.indexOf(emotion)] =
            PlantedSignal.evidence(modality, emotion, intensities[Emotion.MOSEI.indexOf(emotion)])
                + PlantedSignal.NUISANCE * draws.nextGaussian();
      }
      double length = (0.6 + 0.4 * draws.nextDouble()) * (end - start);
      double from = start + draws.nextDouble() * (end - start - length);
      shown.put(modality, new Shown(evidence, from, from + length));
    }
    return new Scene(start, end, labels(intensities, draws), shown.build());
  }

  private static double[] labels(double[] intensities, SeedStream draws) {
    double[] labels = new double[1 + Emotion.MOSEI.size()];
    System.arraycopy(intensities, 0, labels, 1, Emotion.MOSEI.size());
    double mood =
        intensities[Emotion.MOSEI.indexOf(Emotion.HAPPY)]
            - 0.5 * intensities[Emotion.MOSEI.indexOf(Emotion.SAD)]
            - 0.5 * intensities[Emotion.MOSEI.indexOf(Emotion.ANGER)]
            - 0.5 * intensities[Emotion.MOSEI.indexOf(Emotion.DISGUST)]
            + 0.5 * draws.nextGaussian();
    labels[0] = Math.max(-3, Math.min(3, Math.rint(3 * mood) / 3));
    if (draws.nextDouble() < 0.005) {
      labels[1 + Emotion.MOSEI.indexOf(Emotion.HAPPY)] =
          labels[1 + Emotion.MOSEI.indexOf(Emotion.HAPPY)] > 0 ? 10 / 3.0 : 0;
      labels[0] = -10 / 3.0;
    }
    return labels;
  }
}
