package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One term of {@link Fusion.Additive}. It is computed only for the R rows that have all of its
 * modalities; {@link #backward} uses the latest training pass.
 */
final class AdditiveTerm {
  private final List<Modality> modalities;
  private final int stateWidth;
  private final Perceptron perceptron;
  private int[] rows = new int[0];

  AdditiveTerm(HeadShape shape, Parameters parameters, ModalitySet term) {
    modalities = term.toList();
    stateWidth = shape.stateWidth();
    perceptron = new Perceptron(parameters, HeadParameters.term(term));
  }

  /** Returns the R rows of the latest pass, ascending. */
  int[] rows() {
    return rows;
  }

  /** Returns the values [R, C] without dropout. */
  Matrix infer(PerModality<float[]> states, Presence presence) {
    return perceptron.infer(inputs(states, presence));
  }

  /**
   * Returns the values [R, C] with dropout.
   *
   * @param dropout [B, U], the factors of all hidden units
   * @param units U
   * @param first the index of the term's first unit
   */
  Matrix train(
      PerModality<float[]> states, Presence presence, float[] dropout, int units, int first) {
    Matrix inputs = inputs(states, presence);
    Matrix own = new Matrix(rows.length, perceptron.width());
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(dropout, rows[r] * units + first, own.row(r), 0, own.columns());
    }
    return perceptron.train(inputs, own);
  }

  /** Selects the rows and returns their concatenated states [R, |S|·E]. */
  private Matrix inputs(PerModality<float[]> states, Presence presence) {
    rows =
        IntStream.range(0, presence.size())
            .filter(b -> modalities.stream().allMatch(presence.row(b)::contains))
            .toArray();
    Matrix inputs = new Matrix(rows.length, modalities.size() * stateWidth);
    for (int m = 0; m < modalities.size(); m++) {
      float[] own = states.get(modalities.get(m));
      for (int r = 0; r < rows.length; r++) {
        System.arraycopy(own, rows[r] * stateWidth, inputs.row(r), m * stateWidth, stateWidth);
      }
    }
    return inputs;
  }

  /**
   * Overwrites the term's part of the gradient [P], with zeros if no row has the term, and adds to
   * the gradients with respect to the states.
   *
   * @param logitGradient [B, C], the loss's gradient with respect to the logits
   */
  void backward(Matrix logitGradient, float[] gradient, PerModality<float[]> stateGradients) {
    Matrix own = new Matrix(rows.length, logitGradient.columns());
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(logitGradient.row(rows[r]), 0, own.row(r), 0, own.columns());
    }
    Matrix inputGradient = perceptron.backward(own, gradient);
    for (int m = 0; m < modalities.size(); m++) {
      float[] sum = stateGradients.get(modalities.get(m));
      for (int r = 0; r < rows.length; r++) {
        float[] row = inputGradient.row(r);
        for (int j = 0; j < stateWidth; j++) {
          sum[rows[r] * stateWidth + j] += row[m * stateWidth + j];
        }
      }
    }
  }
}
