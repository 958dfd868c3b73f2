package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjIntConsumer;

/**
 * Runs the fusion head over encodings, {@value #ROWS} rows at a time.
 *
 * @param available [N, M], the encoded modalities that the head uses
 * @param means the means of the terms, for display
 */
record HeadPass(Network network, Encodings encodings, Presence available, TermMeans means) {
  private static final int ROWS = 1024;

  /**
   * Creates a pass over encodings of a model with this configuration.
   *
   * @throws ConfigException if a model with another configuration computed them
   */
  static HeadPass of(
      ModelConfig config,
      Network network,
      Encodings encodings,
      Presence available,
      TermMeans means) {
    if (!encodings.config().equals(config)) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "the segments were encoded by another model: %s; this model is %s",
              encodings.config(),
              config));
    }
    return new HeadPass(network, encodings, encodings.presence().and(available), means);
  }

  List<Prediction> predictions() {
    ContributionReader contributions = new ContributionReader(encodings.config(), means);
    List<Prediction> predictions = new ArrayList<>();
    run(
        (output, from) -> {
          for (int s = from; s < from + output.probabilities().length / classes(); s++) {
            predictions.add(
                new Prediction(
                    encodings.segments().get(s),
                    available.row(s),
                    encodings.config().labels().labels(),
                    probabilities(output, s - from),
                    attention(output, s, from),
                    contributions.of(output, s - from, available.row(s))));
          }
        });
    return predictions;
  }

  /** Returns the logits [N, C]. */
  float[] logits() {
    float[] logits = new float[encodings.size() * classes()];
    run(
        (output, from) ->
            System.arraycopy(output.logits(), 0, logits, from * classes(), output.logits().length));
    return logits;
  }

  private void run(ObjIntConsumer<Head.Output> use) {
    List<ModalitySet> rows = new ArrayList<>();
    for (int from = 0; from < encodings.size(); from += ROWS) {
      int to = Math.min(encodings.size(), from + ROWS);
      rows.clear();
      for (int s = from; s < to; s++) {
        rows.add(available.row(s));
      }
      Head.Output output = network.infer(encodings.states(from, to, available), Presence.of(rows));
      FiniteCheck.logits(encodings.segments().subList(from, to), output.logits());
      use.accept(output, from);
    }
  }

  private int classes() {
    return encodings.config().labels().classCount();
  }

  private List<Double> probabilities(Head.Output output, int row) {
    Double[] own = new Double[classes()];
    Arrays.setAll(own, c -> (double) output.probabilities()[row * own.length + c]);
    return List.of(own);
  }

  private PerModality<Double> attention(Head.Output output, int segment, int from) {
    PerModality.Builder<Double> weights = PerModality.builder();
    ModelConfig config = encodings.config();
    if (config.fusion() instanceof Fusion.Attention
        || config.fusion() instanceof Fusion.AttentionSum) {
      int m = (segment - from) * config.inputs().size();
      for (Modality modality : config.inputs().modalities()) {
        if (available.has(segment, modality)) {
          weights.put(modality, (double) output.weights()[m]);
        }
        m++;
      }
    }
    return weights.build();
  }
}
