package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.ParameterView;
import java.util.Arrays;

/**
 * Attention pooling of the steps of one row: {@code p = Σ_t α_t h_t} with {@code α =
 * softmax_t(v·h_t)}, where h_t [2H] are the hidden states of both directions after step t, and v
 * [2H] are the parameters of {@link PoolingParameters}.
 *
 * <p>For a row, load its steps to {@link #steps}, then call {@link #pool}; the gradients of {@link
 * #backward} are those of the latest call. Sums are in single precision, in the order of the steps,
 * and exponentials are those of {@link StrictMath}, so that every machine gives the same bits. Not
 * thread-safe.
 */
public final class AttentionPooling {
  private final int width;
  private final float[] vector;
  private final float[] pooled;
  private float[][] steps = new float[0][];
  private float[] weights = new float[0];
  private float[] scoreGradients = new float[0];
  private int length;

  /** Creates the pooling for steps of width 2H, with v zero until {@link #load}. */
  public AttentionPooling(int width) {
    this.width = width;
    vector = new float[width];
    pooled = new float[width];
  }

  /** Copies the current v from the parameters [P]. */
  public void load(ParameterView view, float[] parameters) {
    System.arraycopy(parameters, view.offset(), vector, 0, width);
  }

  /** Returns the array [T, 2H] to load the steps of a row to; it may have more rows. */
  public float[][] steps(int count) {
    if (steps.length < count) {
      int before = steps.length;
      steps = Arrays.copyOf(steps, count);
      for (int t = before; t < count; t++) {
        steps[t] = new float[width];
      }
      weights = new float[count];
      scoreGradients = new float[count];
    }
    length = count;
    return steps;
  }

  /** Returns p [2H] of the loaded steps, at least one; valid until the next call. */
  public float[] pool() {
    float highest = Float.NEGATIVE_INFINITY;
    for (int t = 0; t < length; t++) {
      weights[t] = dot(vector, steps[t]);
      highest = Math.max(highest, weights[t]);
    }
    double sum = 0;
    for (int t = 0; t < length; t++) {
      weights[t] = (float) StrictMath.exp((double) weights[t] - highest);
      sum += weights[t];
    }
    Arrays.fill(pooled, 0);
    for (int t = 0; t < length; t++) {
      weights[t] = (float) (weights[t] / sum);
      add(weights[t], steps[t], pooled);
    }
    return pooled;
  }

  /**
   * Computes the gradients of the row. The gradient with respect to h_t is {@code α_t·dp + s_t·v},
   * with α_t of {@link #weight} and s_t of {@link #scoreGradient}.
   *
   * @param pooledGradient dp [2H], the loss's gradient with respect to p
   * @param vectorGradient [2H], overwritten by the row's gradient with respect to v
   */
  public void backward(float[] pooledGradient, float[] vectorGradient) {
    float mean = dot(pooledGradient, pooled);
    Arrays.fill(vectorGradient, 0);
    for (int t = 0; t < length; t++) {
      scoreGradients[t] = weights[t] * (dot(pooledGradient, steps[t]) - mean);
      add(scoreGradients[t], steps[t], vectorGradient);
    }
  }

  /** Returns v [2H] itself. */
  public float[] vector() {
    return vector;
  }

  /** Returns α_t. */
  public float weight(int t) {
    return weights[t];
  }

  /** Returns the gradient with respect to the score v·h_t. */
  public float scoreGradient(int t) {
    return scoreGradients[t];
  }

  private static void add(float factor, float[] values, float[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * values[j];
    }
  }

  /** Returns the dot product, as four sums, because one sum would wait for each addition. */
  private static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int j = 0;
    for (; j + 3 < a.length; j += 4) {
      s0 += a[j] * b[j];
      s1 += a[j + 1] * b[j + 1];
      s2 += a[j + 2] * b[j + 2];
      s3 += a[j + 3] * b[j + 3];
    }
    for (; j < a.length; j++) {
      s0 += a[j] * b[j];
    }
    return s0 + s1 + (s2 + s3);
  }
}
