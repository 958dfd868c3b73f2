package dev.mer4j.eval.attribution;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What each modality of each segment added: exact Shapley values over the eight sets of modalities,
 * all of which a model trained with modality dropout has seen.
 *
 * @param predictions from all that each segment has
 * @param rows in the order of the predictions
 * @param deletion what removing modalities did
 */
public record Attributions(
    Predictions predictions, List<Attribution> rows, List<Deletion> deletion) {
  public Attributions {
    rows = List.copyOf(rows);
    deletion = List.copyOf(deletion);
  }

  /** Attributes what the model says of encoded segments; the encoders do not run. */
  public static Attributions of(MultimodalModel model, Encodings encodings) {
    List<float[]> logits = new ArrayList<>();
    for (int bits = 0; bits <= ModalitySet.ALL.bits(); bits++) {
      logits.add(model.logits(encodings, encodings.presence().and(new ModalitySet(bits))));
    }
    Predictions predictions = model.predict(encodings, encodings.presence());
    int classes = predictions.scheme().classes().size();
    List<Attribution> rows = new ArrayList<>();
    for (int s = 0; s < encodings.size(); s++) {
      int row = s;
      rows.add(
          attribution(
              predictions.rows().get(s), set -> logitsOf(logits.get(set.bits()), row, classes)));
    }
    return new Attributions(predictions, rows, Deletion.all(model, encodings, predictions, rows));
  }

  private static Attribution attribution(
      Prediction prediction, Function<ModalitySet, double[]> worth) {
    return new Attribution(
        prediction,
        list(worth.apply(prediction.available())),
        list(worth.apply(ModalitySet.NONE)),
        Shapley.values(prediction.available(), worth).map(Attributions::list));
  }

  /**
   * How much a modality matters for a class.
   *
   * @param label the class: an emotion, or none
   * @param magnitude mean size of what it added to the logit
   * @param towardsTruth mean of what it added in the direction of the label: below 0 it misleads
   * @param whenRight mean size where the answer was right; NaN if it never was
   * @param whenWrong mean size where the answer was wrong; NaN if it never was
   */
  public record Share(
      String label,
      Modality modality,
      int segments,
      double magnitude,
      double towardsTruth,
      double whenRight,
      double whenWrong) {}

  /** Over the segments that have the modality; class by class. */
  public List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    for (int label = 0; label < predictions.scheme().classes().size(); label++) {
      for (Modality modality : Modality.values()) {
        int[] having =
            IntStream.range(0, rows.size())
                .filter(s -> rows.get(s).shapley().has(modality))
                .toArray();
        if (having.length > 0) {
          shares.add(share(label, modality, having));
        }
      }
    }
    return shares;
  }

  private Share share(int label, Modality modality, int[] having) {
    return new Share(
        predictions.scheme().classes().get(label),
        modality,
        having.length,
        size(label, modality, IntStream.of(having)),
        IntStream.of(having)
            .mapToDouble(s -> (present(s, label) ? 1 : -1) * rows.get(s).of(modality, label))
            .average()
            .orElse(Double.NaN),
        size(label, modality, IntStream.of(having).filter(s -> right(s, label))),
        size(label, modality, IntStream.of(having).filter(s -> !right(s, label))));
  }

  private double size(int label, Modality modality, IntStream segments) {
    DoubleStream sizes = segments.mapToDouble(s -> Math.abs(rows.get(s).of(modality, label)));
    return sizes.average().orElse(Double.NaN);
  }

  private boolean present(int segment, int label) {
    return LabelScheme.present(predictions.rows().get(segment).segment().scores(), label);
  }

  private boolean right(int segment, int label) {
    return predictions.predicted(segment, label) == present(segment, label);
  }

  /**
   * How often attention names the modality that Shapley values name, of the segments with several;
   * NaN if there is none, or no attention.
   */
  public double agreement() {
    return rows.stream()
        .filter(row -> row.shapley().size() > 1 && row.topByAttention().isPresent())
        .mapToInt(row -> row.rankingsDisagree() ? 0 : 1)
        .average()
        .orElse(Double.NaN);
  }

  /** What a reader of attention weights must be told; empty if nothing. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (agreement() < 0.5) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "Attention names the modality that moved the logits most in only %.0f %% of the"
                  + " segments: read the Shapley values, not the attention weights",
              100 * agreement()));
    }
    Deletion.of(deletion, Deletion.Ranking.SHAPLEY)
        .filter(check -> !check.topRaisesLossMost())
        .ifPresent(
            check ->
                warnings.add(
                    "Removing the modality with the largest Shapley values hurt less than"
                        + " removing another one: it may mislead more often than it helps"));
    return warnings;
  }

  private static double[] logitsOf(float[] logits, int row, int classes) {
    double[] own = new double[classes];
    for (int c = 0; c < own.length; c++) {
      own[c] = logits[row * classes + c];
    }
    return own;
  }

  private static List<Double> list(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }
}
