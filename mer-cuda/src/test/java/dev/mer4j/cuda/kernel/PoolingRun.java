package dev.mer4j.cuda.kernel;

import dev.mer4j.core.RelativeError;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs the kernels of attention pooling on random outputs of the recurrence, and computes the same
 * in double precision.
 *
 * @param lengths the lengths of each modality's rows; 0 if absent
 * @param scale the standard deviation of the scores, times about two
 * @param order the order of the threads, see {@link EmulatedGpu#order}
 */
record PoolingRun(int hidden, int[][] lengths, double scale, int order) {
  /**
   * The results of one modality.
   *
   * @param states [B, 4 hidden]
   * @param outputs the gradients [S, H] of the outputs of each direction
   * @param vector the gradient [2 hidden] of v
   */
  record Result(double[] states, double[][] outputs, double[] vector) {}

  private static final int THREADS = 512;
  private static final int BYTES = 768;

  private int padded() {
    return hidden <= 64 ? 64 : hidden <= 128 ? 128 : 256;
  }

  private int batch() {
    return lengths[0].length;
  }

  private int steps(int m) {
    return IntStream.of(lengths[m]).sum();
  }

  private int offset(int m, int row) {
    return IntStream.of(lengths[m]).limit(row).sum();
  }

  private float[] random(String name, int m, int count, double factor) {
    SeedStream draws = new Seeds(5).stream(name).at(m);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (factor * draws.nextGaussian());
    }
    return values;
  }

  /** Returns h [S, 2 hidden]. */
  private float[] outputs(int m) {
    return random("outputs", m, steps(m) * 2 * hidden, 0.5);
  }

  private float[] vector(int m) {
    return random("vector", m, 2 * hidden, scale / Math.sqrt(hidden));
  }

  private float[] stateGradients(int m) {
    return random("gradients", m, batch() * 4 * hidden, 1);
  }

  /** Returns the outputs of the previous step [S, H] in the order of a direction. */
  private float[] previous(int m, int direction) {
    float[] all = outputs(m);
    float[] previous = new float[steps(m) * padded()];
    for (int b = 0; b < batch(); b++) {
      for (int s = 1; s < lengths[m][b]; s++) {
        int from = offset(m, b) + (direction == 0 ? s - 1 : lengths[m][b] - s);
        int to = offset(m, b) + (direction == 0 ? s : lengths[m][b] - 1 - s);
        int at = (2 * from + direction) * hidden;
        System.arraycopy(all, at, previous, to * padded(), hidden);
      }
    }
    return previous;
  }

  /** Returns the states with the final outputs, and zeros for p. */
  private float[] states(int m) {
    float[] all = outputs(m);
    float[] states = new float[batch() * 4 * hidden];
    for (int b = 0; b < batch(); b++) {
      if (lengths[m][b] > 0) {
        int last = offset(m, b) + lengths[m][b] - 1;
        System.arraycopy(all, 2 * last * hidden, states, 4 * b * hidden, hidden);
        int first = (2 * offset(m, b) + 1) * hidden;
        System.arraycopy(all, first, states, (4 * b + 1) * hidden, hidden);
      }
    }
    return states;
  }

  /** Runs the kernels and returns the results of each modality. */
  List<Result> run() {
    try (EmulatedGpu gpu = EmulatedGpu.open()) {
      gpu.order(order);
      Struct poolings = new Struct(BYTES);
      long[][] results = new long[lengths.length][];
      int most = 0;
      for (int m = 0; m < lengths.length; m++) {
        int count = (int) IntStream.of(lengths[m]).filter(length -> length > 0).count();
        long states = gpu.put(states(m));
        long units = (long) steps(m) * padded();
        long[] outputs = {gpu.allocate(units), gpu.allocate(units)};
        long vector = gpu.allocate(2L * hidden);
        results[m] = new long[] {states, outputs[0], outputs[1], vector};
        poolings
            .pointers(gpu.put(previous(m, 0)), gpu.put(previous(m, 1)), gpu.put(vector(m)))
            .pointers(gpu.put(rows(m)), states, gpu.put(stateGradients(m)))
            .pointers(gpu.allocate(steps(m)))
            .pointers(outputs)
            .pointers(gpu.allocate(2L * count * hidden), vector)
            .ints(count, 0);
        most = Math.max(most, count);
      }
      int[] grid = {most, lengths.length, 1};
      gpu.launch("mer_pool", grid, THREADS, 0, poolings.memory(), hidden, padded());
      gpu.launch("mer_pool_gradients", grid, THREADS, 0, poolings.memory(), hidden, padded());
      int[] modalities = {1, lengths.length, 1};
      gpu.launch("mer_pool_vector_gradients", modalities, THREADS, 0, poolings.memory(), hidden);
      List<Result> all = new ArrayList<>();
      for (int m = 0; m < lengths.length; m++) {
        int units = steps(m) * padded();
        all.add(
            new Result(
                doubles(gpu, results[m][0], batch() * 4 * hidden),
                new double[][] {
                  doubles(gpu, results[m][1], units), doubles(gpu, results[m][2], units)
                },
                doubles(gpu, results[m][3], 2 * hidden)));
      }
      return all;
    }
  }

  /** Returns the entries of the active rows, the last row first. */
  private int[] rows(int m) {
    return IntStream.range(0, batch())
        .map(i -> batch() - 1 - i)
        .filter(b -> lengths[m][b] > 0)
        .flatMap(b -> IntStream.of(offset(m, b), lengths[m][b], b, 0))
        .toArray();
  }

  private static double[] doubles(EmulatedGpu gpu, long address, int count) {
    return RelativeError.doubles(gpu.floats(address, count), 0, count);
  }

  /** Returns the results by the equations. */
  Result expected(int m) {
    float[] states = states(m);
    Result result =
        new Result(
            RelativeError.doubles(states),
            new double[2][steps(m) * padded()],
            new double[2 * hidden]);
    for (int b = 0; b < batch(); b++) {
      addRow(m, b, result);
    }
    return result;
  }

  private void addRow(int m, int b, Result result) {
    float[] h = outputs(m);
    float[] v = vector(m);
    float[] upstream = stateGradients(m);
    int length = lengths[m][b];
    int first = offset(m, b);
    int width = 2 * hidden;
    int pooled = (2 * b + 1) * width;
    double[] weights = new double[length];
    double highest = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < length; t++) {
      for (int j = 0; j < width; j++) {
        weights[t] += (double) v[j] * h[(first + t) * width + j];
      }
      highest = Math.max(highest, weights[t]);
    }
    double sum = 0;
    for (int t = 0; t < length; t++) {
      weights[t] = Math.exp(weights[t] - highest);
      sum += weights[t];
    }
    double mean = 0;
    double[] products = new double[length];
    for (int t = 0; t < length; t++) {
      weights[t] /= sum;
      for (int j = 0; j < width; j++) {
        result.states()[pooled + j] += weights[t] * h[(first + t) * width + j];
        products[t] += (double) upstream[pooled + j] * h[(first + t) * width + j];
      }
      mean += weights[t] * products[t];
    }
    for (int t = 0; t < length; t++) {
      double score = weights[t] * (products[t] - mean);
      for (int j = 0; j < width; j++) {
        result.vector()[j] += score * h[(first + t) * width + j];
        double gradient = weights[t] * upstream[pooled + j] + score * v[j];
        boolean last = t == (j < hidden ? length - 1 : 0);
        result.outputs()[j / hidden][(first + t) * padded() + j % hidden] =
            gradient + (last ? upstream[2 * b * width + j] : 0);
      }
    }
  }
}
