package dev.mer4j.eval.attribution;

import dev.mer4j.core.Prediction;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What each modality of one segment added to the model's logits.
 *
 * @param prediction from all that the segment has, attention weights included
 * @param logits [C], of that prediction
 * @param base [C], the logits with nothing to see
 * @param shapley [C] of each modality that the segment has; they add up to {@code logits - base}
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

  /** What a modality added to an emotion's logit; 0 where the segment lacks it. */
  public double of(Modality modality, Emotion emotion) {
    return of(modality, emotion.ordinal());
  }

  /** What a modality added to a class's logit; 0 where the segment lacks it. */
  public double of(Modality modality, int label) {
    return shapley.find(modality).map(own -> own.get(label)).orElse(0.0);
  }

  /** How much a modality moved the logits, whatever the direction: summed over the classes. */
  public double magnitude(Modality modality) {
    double sum = 0;
    for (int c = 0; c < logits.size(); c++) {
      sum += Math.abs(of(modality, c));
    }
    return sum;
  }

  /** The modality that moved the logits most; nothing if there is none. */
  public Optional<Modality> topByShapley() {
    return top(Comparator.comparingDouble(this::magnitude));
  }

  /** The modality with the highest attention weight; nothing if the fusion has no attention. */
  public Optional<Modality> topByAttention() {
    PerModality<Double> attention = prediction.attention();
    return attention.isEmpty()
        ? Optional.empty()
        : top(Comparator.comparingDouble(m -> attention.find(m).orElse(0.0)));
  }

  /** Whether there were several modalities and attention names another one than Shapley. */
  public boolean rankingsDisagree() {
    return shapley.size() > 1
        && topByAttention().isPresent()
        && !topByAttention().equals(topByShapley());
  }

  private Optional<Modality> top(Comparator<Modality> by) {
    return shapley.modalities().stream().max(by);
  }
}
