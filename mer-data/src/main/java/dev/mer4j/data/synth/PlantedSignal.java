package dev.mer4j.data.synth;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;

/**
 * The known signal in synthetic features: the strength of each emotion in each modality.
 *
 * <table>
 * <caption>Strength, in standard deviations of a column's noise</caption>
 * <tr><th></th><th>happy</th><th>sad</th><th>anger</th><th>surprise</th><th>disgust</th><th>fear</th></tr>
 * <tr><th>text</th><td>1.4</td><td>0.9</td><td>0.8</td><td>0.2</td><td>1.4</td><td>0.6</td></tr>
 * <tr><th>audio</th><td>0.2</td><td>1.1</td><td>1.4</td><td>0.4</td><td>0.2</td><td>1.2</td></tr>
 * <tr><th>visual</th><td>0.9</td><td>0.2</td><td>0.3</td><td>1.4</td><td>0.6</td><td>0.3</td></tr>
 * </table>
 *
 * <p>Each modality and emotion has a fixed direction: one column in ten, each with a random sign.
 * During a burst of 60 to 100 % of a segment the direction's columns shift by its
 * <em>evidence</em>: strength · (0.8 + 0.3 · intensity) if the emotion is present, 0 if not, plus
 * noise from N(0, {@value #NUISANCE}²) in either case. The noise is drawn once per segment, so that
 * no detector can average it away. A modality separates present from absent by about d′ = strength
 * / {@value #NUISANCE}, an area under the ROC curve of Φ(d′/√2), and several modalities by the
 * square root of the sum of their d′².
 */
public final class PlantedSignal {
  /** The standard deviation of the noise in the evidence. */
  public static final double NUISANCE = 0.5;

  private static final PerModality<double[]> STRENGTHS =
      PerModality.of(
          Modality.TEXT,
          new double[] {1.4, 0.9, 0.8, 0.2, 1.4, 0.6},
          Modality.AUDIO,
          new double[] {0.2, 1.1, 1.4, 0.4, 0.2, 1.2},
          Modality.VISUAL,
          new double[] {0.9, 0.2, 0.3, 1.4, 0.6, 0.3});

  private PlantedSignal() {}

  /** Returns the shift of a typical intensity, in standard deviations of a column's noise. */
  public static double strength(Modality modality, Emotion emotion) {
    return STRENGTHS.get(modality)[Emotion.MOSEI.indexOf(emotion)];
  }

  /**
   * Returns d′, the largest possible separation of present from absent by these modalities
   * together.
   */
  public static double separation(ModalitySet modalities, Emotion emotion) {
    double squares = 0;
    for (Modality modality : modalities.toList()) {
      double separation = strength(modality, emotion) / NUISANCE;
      squares += separation * separation;
    }
    return Math.sqrt(squares);
  }

  static double evidence(Modality modality, Emotion emotion, double intensity) {
    return intensity > 0 ? strength(modality, emotion) * (0.8 + 0.3 * intensity) : 0;
  }
}
