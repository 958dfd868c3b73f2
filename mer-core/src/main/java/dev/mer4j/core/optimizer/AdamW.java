package dev.mer4j.core.optimizer;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2).
 *
 * <p>Step t with gradient g, element by element, in single precision and in the order of PyTorch's
 * {@code AdamW}:
 *
 * <pre>{@code
 * m = β₁ m + (1 - β₁) g
 * v = β₂ v + (1 - β₂) g²
 * p = p (1 - learningRate · weightDecay)
 *       - learningRate / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε)
 * }</pre>
 *
 * <p>Every parameter decays, including biases, as by default in PyTorch. Elements are independent,
 * so the result is bit-identical for any number of threads.
 */
public final class AdamW {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-8f;

  private final Rates rates;
  private final float[] mean;
  private final float[] square;
  private int step;

  /**
   * The learning rate and the weight decay.
   *
   * @param learningRate above 0 and finite
   * @param weightDecay at least 0; {@code learningRate · weightDecay} is below 1
   */
  public record Rates(double learningRate, double weightDecay) {
    /**
     * @throws ConfigException naming every rate that is out of range
     */
    public Rates {
      List<String> problems = new ArrayList<>();
      if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
        problems.add("learning rate must be above 0 and finite: " + learningRate);
      }
      if (!(weightDecay >= 0 && learningRate * weightDecay < 1)) {
        problems.add("weight decay must be at least 0 and below 1 / learning rate: " + weightDecay);
      }
      ConfigException.throwIfAny("AdamW", problems);
    }

    /**
     * Returns the factors of a step.
     *
     * @param step t, from 1
     * @param learningRate the learning rate of this step, at most that of these rates
     */
    public Factors factors(int step, double learningRate) {
      return new Factors(
          (float) (1 - learningRate * weightDecay),
          (float) (learningRate / (1 - StrictMath.pow(BETA1, step))),
          (float) Math.sqrt(1 - StrictMath.pow(BETA2, step)));
    }
  }

  /**
   * The factors of a step, the same for all parameters.
   *
   * @param decay {@code 1 - learningRate · weightDecay}
   * @param stepSize {@code learningRate / (1 - β₁ᵗ)}
   * @param correction {@code √(1 - β₂ᵗ)}
   */
  public record Factors(float decay, float stepSize, float correction) {}

  /**
   * The optimizer's state.
   *
   * @param step t, the number of updates so far
   * @param mean m [P], the decaying mean of the gradients
   * @param square v [P], the decaying mean of their squares
   */
  public record State(int step, float[] mean, float[] square) {}

  /** Creates an optimizer for P parameters with zero moments. */
  public AdamW(Rates rates, int parameters) {
    this.rates = rates;
    this.mean = new float[parameters];
    this.square = new float[parameters];
  }

  /** Updates the parameters with the learning rate of the {@link Rates}. */
  public void update(float[] parameters, float[] gradient, double scale) {
    update(parameters, gradient, scale, rates.learningRate());
  }

  /**
   * Updates the parameters by one step.
   *
   * @param parameters [P], changed in place
   * @param gradient [P], finite
   * @param scale the factor of the gradient, from clipping
   * @param learningRate the learning rate of this step, at most that of the {@link Rates}
   * @throws MerException if an array does not have P values
   */
  public void update(float[] parameters, float[] gradient, double scale, double learningRate) {
    requireSize(parameters.length);
    requireSize(gradient.length);
    step++;
    Factors factors = rates.factors(step, learningRate);
    float gradientScale = (float) scale;
    Chunks.forEach(
        parameters.length,
        (from, to) -> updateRange(parameters, gradient, gradientScale, factors, from, to));
  }

  private void updateRange(
      float[] parameters, float[] gradient, float scale, Factors factors, int from, int to) {
    float decay = factors.decay();
    float stepSize = factors.stepSize();
    float correction = factors.correction();
    float keep1 = (float) BETA1;
    float take1 = (float) (1 - BETA1);
    float keep2 = (float) BETA2;
    float take2 = (float) (1 - BETA2);
    for (int i = from; i < to; i++) {
      float g = gradient[i] * scale;
      float m = keep1 * mean[i] + take1 * g;
      float v = keep2 * square[i] + take2 * (g * g);
      mean[i] = m;
      square[i] = v;
      float denominator = (float) Math.sqrt(v) / correction + EPSILON;
      parameters[i] = parameters[i] * decay - stepSize * (m / denominator);
    }
  }

  /** Returns a copy of the optimizer's state. */
  public State state() {
    return new State(step, mean.clone(), square.clone());
  }

  /**
   * Restores a state that {@link #state()} returned.
   *
   * @throws MerException if it is for another number of parameters
   */
  public void restore(State state) {
    requireSize(state.mean().length);
    requireSize(state.square().length);
    step = state.step();
    System.arraycopy(state.mean(), 0, mean, 0, mean.length);
    System.arraycopy(state.square(), 0, square, 0, square.length);
  }

  private void requireSize(int size) {
    if (size != mean.length) {
      throw new MerException(
          String.format(
              Locale.ROOT, "the optimizer has %d parameters, found %d", mean.length, size));
    }
  }
}
