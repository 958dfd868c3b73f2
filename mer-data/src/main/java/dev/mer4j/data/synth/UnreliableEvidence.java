package dev.mer4j.data.synth;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.seed.SeedStream;

/**
 * Evidence that is right in some modalities of a segment and misleading in the others, which have
 * the evidence of other, independent labels. A cue shows which is which.
 *
 * @param source the distribution of the evidence
 */
record UnreliableEvidence(IndependentEvidence source) implements EvidenceModel {
  private static final double RELIABLE = 0.6;

  @Override
  public Evidence draw(int labels, SeedStream draws) {
    Evidence right = source.draw(labels, draws);
    PerModality.Builder<double[]> values = PerModality.builder();
    PerModality.Builder<Double> cues = PerModality.builder();
    for (Modality modality : Modality.MOSEI) {
      Evidence wrong = source.draw(LabelPrior.draw(draws).bits(), draws);
      boolean reliable = draws.nextDouble() < RELIABLE;
      values.put(modality, (reliable ? right : wrong).values().get(modality));
      cues.put(modality, reliable ? 1.0 : -1.0);
    }
    return new Evidence(values.build(), cues.build());
  }

  @Override
  public double logRatio(Evidence evidence, ModalitySet available, int emotion) {
    ModalitySet reliable = available;
    for (Modality modality : available.toList()) {
      if (evidence.cues().get(modality) < 0) {
        reliable = reliable.without(modality);
      }
    }
    return source.logRatio(evidence, reliable, emotion);
  }
}
