package dev.mer4j.data.synth;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.seed.SeedStream;

/**
 * The same evidence in every modality, noise included, so that one modality has all that several
 * have.
 *
 * @param source the distribution, of whose modalities text is used
 */
record SharedEvidence(IndependentEvidence source) implements EvidenceModel {
  private static final ModalitySet TEXT = ModalitySet.of(Modality.TEXT);

  @Override
  public Evidence draw(int labels, SeedStream draws) {
    double[] values = source.draw(labels, draws).values().get(Modality.TEXT);
    return new Evidence(PerModality.of(Modality.MOSEI, modality -> values));
  }

  @Override
  public double logRatio(Evidence evidence, ModalitySet available, int emotion) {
    return available.isEmpty() ? 0 : source.logRatio(evidence, TEXT, emotion);
  }
}
