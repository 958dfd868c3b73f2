package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.HashMap;
import java.util.Map;

/** The head's formulas in double precision, one row at a time, without dropout. */
final class ReferenceHead {
  private final HeadShape shape;
  private final Parameters parameters;
  private final Loss loss;
  private final Map<String, Perceptron> perceptrons = new HashMap<>();

  /** The parameters of two layers. */
  private record Perceptron(
      ParameterView hiddenWeight,
      ParameterView hiddenBias,
      ParameterView outputWeight,
      ParameterView outputBias) {
    static Perceptron of(Parameters parameters, String name) {
      return new Perceptron(
          parameters.view(HeadParameters.hiddenWeight(name)),
          parameters.view(HeadParameters.hiddenBias(name)),
          parameters.view(HeadParameters.outputWeight(name)),
          parameters.view(HeadParameters.outputBias(name)));
    }
  }

  ReferenceHead(HeadShape shape, Parameters parameters) {
    this(shape, parameters, Loss.unweighted(shape.classes()));
  }

  ReferenceHead(HeadShape shape, Parameters parameters, Loss loss) {
    this.shape = shape;
    this.parameters = parameters;
    this.loss = loss;
  }

  double loss(PerModality<float[]> states, Presence presence, float[] targets) {
    double sum = 0;
    for (int b = 0; b < presence.size(); b++) {
      double[] logits = logits(states, presence, b);
      double[] probabilities = probabilities(logits);
      for (int c = 0; c < shape.classes(); c++) {
        double target = targets[b * shape.classes() + c];
        boolean several = shape.task() == Task.MULTI_LABEL;
        double p = target == 1 ? probabilities[c] : 1 - probabilities[c];
        double weight = target == 1 ? loss.weights().get(c) : several ? 1 : 0;
        sum -=
            weight
                * Math.pow(1 - p, loss.focalGamma())
                * Math.log(p)
                / (several ? shape.classes() : 1);
      }
    }
    return sum / presence.size();
  }

  double[] probabilities(double[] logits) {
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      sum += Math.exp(logits[c]);
    }
    for (int c = 0; c < logits.length; c++) {
      probabilities[c] =
          shape.task() == Task.MULTI_LABEL
              ? 1 / (1 + Math.exp(-logits[c]))
              : Math.exp(logits[c]) / sum;
    }
    return probabilities;
  }

  double[] weights(PerModality<float[]> states, Presence presence, int b) {
    double[] weights = new double[shape.modalities().size()];
    double sum = 0;
    for (int m = 0; m < weights.length; m++) {
      Modality modality = shape.modalities().get(m);
      if (!presence.has(b, modality)) {
        continue;
      }
      if (shape.fusion() instanceof Fusion.Concatenation
          || shape.fusion() instanceof Fusion.Additive) {
        weights[m] = 1;
        continue;
      }
      double[] key = key(row(states, modality, b), modality);
      double score = 0;
      float[] u = parameters.copyOf(HeadParameters.SCORE_WEIGHT);
      for (int a = 0; a < key.length; a++) {
        score += u[a] * key[a];
      }
      weights[m] = Math.exp(score);
      sum += weights[m];
    }
    for (int m = 0; m < weights.length && sum > 0; m++) {
      weights[m] /= sum;
    }
    return weights;
  }

  private double[] key(double[] state, Modality modality) {
    if (shape.fusion() instanceof Fusion.AttentionSum) {
      return state;
    }
    double[] key =
        linear(
            state,
            parameters.view(HeadParameters.keyWeight(modality)),
            parameters.view(HeadParameters.keyBias(modality)));
    for (int a = 0; a < key.length; a++) {
      key[a] = Math.tanh(key[a]);
    }
    return key;
  }

  double[] logits(PerModality<float[]> states, Presence presence, int b) {
    return shape.fusion() instanceof Fusion.Additive
        ? sumOfTerms(states, presence, b)
        : fusedLogits(states, presence, b);
  }

  private double[] sumOfTerms(PerModality<float[]> states, Presence presence, int b) {
    double[] sum = new double[shape.classes()];
    add(parameters.copyOf(HeadParameters.SUM_BIAS), sum);
    for (ModalitySet set : shape.terms()) {
      if (set.toList().stream().allMatch(modality -> presence.has(b, modality))) {
        double[] term = term(set, states, b);
        for (int c = 0; c < sum.length; c++) {
          sum[c] += term[c];
        }
      }
    }
    return sum;
  }

  private static void add(float[] values, double[] sum) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += values[c];
    }
  }

  /** Returns the value of a term [C], whether or not it is present. */
  double[] term(ModalitySet set, PerModality<float[]> states, int b) {
    double[] joined = new double[set.size() * shape.stateWidth()];
    for (int m = 0; m < set.size(); m++) {
      double[] row = row(states, set.toList().get(m), b);
      System.arraycopy(row, 0, joined, m * row.length, row.length);
    }
    return perceptron(joined, HeadParameters.term(set));
  }

  private double[] perceptron(double[] input, String name) {
    Perceptron layers = perceptrons.computeIfAbsent(name, each -> Perceptron.of(parameters, each));
    double[] hidden = linear(input, layers.hiddenWeight(), layers.hiddenBias());
    for (int j = 0; j < hidden.length; j++) {
      hidden[j] = Math.max(0, hidden[j]);
    }
    return linear(hidden, layers.outputWeight(), layers.outputBias());
  }

  private double[] fusedLogits(PerModality<float[]> states, Presence presence, int b) {
    double[] weights = weights(states, presence, b);
    double factor = shape.fusion() instanceof Fusion.Attention ? weights.length : 1;
    boolean sums = shape.fusion() instanceof Fusion.AttentionSum;
    double[] joined = new double[shape.fusedWidth()];
    for (int m = 0; m < weights.length; m++) {
      double[] row = row(states, shape.modalities().get(m), b);
      for (int j = 0; j < row.length; j++) {
        joined[(sums ? 0 : m * row.length) + j] += factor * weights[m] * row[j];
      }
    }
    return perceptron(joined, HeadParameters.HEAD);
  }

  private double[] row(PerModality<float[]> states, Modality modality, int b) {
    double[] row = new double[shape.stateWidth()];
    for (int j = 0; j < row.length; j++) {
      row[j] = states.get(modality)[b * row.length + j];
    }
    return row;
  }

  private double[] linear(double[] input, ParameterView weight, ParameterView bias) {
    float[] values = parameters.values();
    double[] output = new double[bias.size()];
    for (int i = 0; i < output.length; i++) {
      output[i] = values[bias.offset() + i];
      int row = weight.offset() + i * input.length;
      for (int j = 0; j < input.length; j++) {
        output[i] += (double) values[row + j] * input[j];
      }
    }
    return output;
  }
}
