package dev.mer4j.core.encoder;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Sequences;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Steps of a batch whose features count as zero, the mean after standardization.
 *
 * @param steps of each modality and each of its B rows; a modality may be absent
 */
public record ZeroSteps(PerModality<List<BitSet>> steps) {
  public ZeroSteps {
    steps = steps.map(List::copyOf);
  }

  /** Returns the steps of each row of a modality; empty if none are zero. */
  public List<BitSet> of(Modality modality) {
    return steps.find(modality).orElse(List.of());
  }

  /** Returns copies of the sequences with zeros at these steps. */
  public PerModality<Sequences> applyTo(PerModality<Sequences> sequences) {
    PerModality.Builder<Sequences> copies = PerModality.builder();
    sequences.forEach((modality, own) -> copies.put(modality, withZeros(own, of(modality))));
    return copies.build();
  }

  private static Sequences withZeros(Sequences own, List<BitSet> rows) {
    float[] values = own.values().clone();
    for (int b = 0; b < rows.size(); b++) {
      BitSet zero = rows.get(b);
      for (int t = zero.nextSetBit(0); t >= 0 && t < own.steps(); t = zero.nextSetBit(t + 1)) {
        int from = own.offset(b, t);
        Arrays.fill(values, from, from + own.width(), 0);
      }
    }
    return new Sequences(
        own.batch(), own.steps(), own.width(), own.lengths(), own.layout(), values);
  }
}
