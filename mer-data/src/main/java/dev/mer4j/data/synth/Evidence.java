package dev.mer4j.data.synth;

import dev.mer4j.data.PerModality;

/**
 * What a segment's features say about its emotions, before the noise of their steps.
 *
 * @param values [C] of each modality, in the order of {@link dev.mer4j.data.Emotion#MOSEI}
 * @param cues the visible reliability of each modality: 1 or -1; 0 in families without it
 */
record Evidence(PerModality<double[]> values, PerModality<Double> cues) {
  Evidence(PerModality<double[]> values) {
    this(values, values.map(each -> 0.0));
  }
}
