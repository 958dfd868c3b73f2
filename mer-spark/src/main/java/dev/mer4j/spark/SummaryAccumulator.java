package dev.mer4j.spark;

import dev.mer4j.core.PredictionSummary;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * Adds the counts of tasks. Spark adds those of a task once, also if it runs several times, because
 * the job that writes the output is not a shuffle.
 */
final class SummaryAccumulator extends AccumulatorV2<PredictionSummary, PredictionSummary> {
  private static final long serialVersionUID = 1;

  private final TreeMap<String, Long> present = new TreeMap<>();
  private long segments;
  private long withoutInput;
  private long otherLabels;

  @Override
  public boolean isZero() {
    return segments == 0 && present.isEmpty();
  }

  @Override
  public SummaryAccumulator copy() {
    SummaryAccumulator copy = new SummaryAccumulator();
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    present.clear();
    segments = 0;
    withoutInput = 0;
    otherLabels = 0;
  }

  @Override
  public void add(PredictionSummary more) {
    segments += more.segments();
    withoutInput += more.withoutInput();
    otherLabels += more.otherLabels();
    more.present().forEach((modality, count) -> present.merge(modality.key(), count, Long::sum));
  }

  /** Adds a segment to the counts of modalities alone. */
  void addPresent(ModalitySet modalities) {
    modalities.toList().forEach(modality -> present.merge(modality.key(), 1L, Long::sum));
  }

  @Override
  public void merge(AccumulatorV2<PredictionSummary, PredictionSummary> other) {
    add(other.value());
  }

  @Override
  public PredictionSummary value() {
    PerModality.Builder<Long> counts = PerModality.builder();
    present.forEach((key, count) -> counts.put(Modality.of(key), count));
    return new PredictionSummary(segments, counts.build(), withoutInput, otherLabels);
  }
}
