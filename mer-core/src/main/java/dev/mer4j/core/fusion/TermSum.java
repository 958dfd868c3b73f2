package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.seed.SeedStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The sum of {@link Fusion.Additive}, in double precision, rounded once. */
final class TermSum implements LogitFunction {
  private final HeadShape shape;
  private final Parameters parameters;
  private final ParameterView bias;
  private final List<AdditiveTerm> terms;
  private float[] weights = new float[0];
  private float[] values = new float[0];

  TermSum(HeadShape shape, Parameters parameters) {
    this.shape = shape;
    this.parameters = parameters;
    bias = parameters.view(HeadParameters.SUM_BIAS);
    terms = shape.terms().stream().map(term -> new AdditiveTerm(shape, parameters, term)).toList();
  }

  @Override
  public Matrix infer(PerModality<float[]> states, Presence presence) {
    return sum(presence, t -> terms.get(t).infer(states, presence));
  }

  @Override
  public Matrix train(PerModality<float[]> states, Presence presence, SeedStream draws) {
    float[] dropout = shape.dropoutFactors(presence.size(), draws);
    int units = terms.size() * shape.width();
    return sum(
        presence, t -> terms.get(t).train(states, presence, dropout, units, t * shape.width()));
  }

  /** Keeps bias and terms [B, 1 + T, C] and returns their sum [B, C]. */
  private Matrix sum(Presence presence, IntFunction<Matrix> term) {
    int classes = shape.classes();
    int summands = 1 + terms.size();
    weights = shape.mask(presence);
    values = new float[presence.size() * summands * classes];
    float[] constant = parameters.copyOf(bias.name());
    for (int b = 0; b < presence.size(); b++) {
      System.arraycopy(constant, 0, values, b * summands * classes, classes);
    }
    for (int t = 0; t < terms.size(); t++) {
      Matrix own = term.apply(t);
      int[] rows = terms.get(t).rows();
      for (int r = 0; r < rows.length; r++) {
        System.arraycopy(own.row(r), 0, values, (rows[r] * summands + 1 + t) * classes, classes);
      }
    }
    Matrix logits = new Matrix(presence.size(), classes);
    for (int b = 0; b < logits.rows(); b++) {
      for (int c = 0; c < classes; c++) {
        double sum = 0;
        for (int s = 0; s < summands; s++) {
          sum += values[(b * summands + s) * classes + c];
        }
        logits.row(b)[c] = (float) sum;
      }
    }
    return logits;
  }

  @Override
  public void backward(
      Matrix logitGradient, float[] gradient, PerModality<float[]> stateGradients) {
    stateGradients.values().forEach(own -> Arrays.fill(own, 0));
    terms.forEach(term -> term.backward(logitGradient, gradient, stateGradients));
    float[] sum = new float[logitGradient.columns()];
    for (int b = 0; b < logitGradient.rows(); b++) {
      Matrix.add(1, logitGradient.row(b), sum);
    }
    System.arraycopy(sum, 0, gradient, bias.offset(), sum.length);
  }

  @Override
  public float[] weights() {
    return weights;
  }

  @Override
  public float[] terms() {
    return values;
  }
}
