package dev.mer4j.eval.attribution;

import dev.mer4j.core.Prediction;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The contribution of each modality of one segment to the model's logits.
 *
 * @param prediction the prediction from all modalities of the segment, with attention weights
 * @param logits [C], the logits of that prediction
 * @param base [C], the logits without input
 * @param shapley [C] for each modality of the segment; they sum to {@code logits - base}
 */
public record Attribution(
    Prediction prediction,
    List<Double> logits,
    List<Double> base,
    PerModality<List<Double>> shapley) {
  public Attribution {
    logits = List.copyOf(logits);
    base = List.copyOf(base);
    shapley = shapley.<List<Double>>map(List::copyOf).sorted();
  }

  /** Returns a modality's contribution to an emotion's logit; 0 if the segment lacks it. */
  public double of(Modality modality, Emotion emotion) {
    return of(modality, prediction.labels().indexOf(emotion));
  }

  /** Returns a modality's contribution to a class's logit; 0 if the segment lacks it. */
  public double of(Modality modality, int label) {
    return shapley.find(modality).map(own -> own.get(label)).orElse(0.0);
  }

  /** Returns the sum over the classes of a modality's absolute contributions. */
  public double magnitude(Modality modality) {
    double sum = 0;
    for (int c = 0; c < logits.size(); c++) {
      sum += Math.abs(of(modality, c));
    }
    return sum;
  }

  /** Returns the modality with the largest contribution, or empty for a segment without any. */
  public Optional<Modality> topByShapley() {
    return top(Comparator.comparingDouble(this::magnitude));
  }

  /** Returns the modality with the highest attention weight, or empty without attention. */
  public Optional<Modality> topByAttention() {
    PerModality<Double> attention = prediction.attention();
    return attention.isEmpty()
        ? Optional.empty()
        : top(Comparator.comparingDouble(m -> attention.find(m).orElse(0.0)));
  }

  /** Returns whether attention and Shapley values rank different modalities first. */
  public boolean rankingsDisagree() {
    return shapley.size() > 1
        && topByAttention().isPresent()
        && !topByAttention().equals(topByShapley());
  }

  private Optional<Modality> top(Comparator<Modality> by) {
    return shapley.modalities().stream().max(by);
  }
}
