package dev.mer4j.cuda.kernel;

import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A ragged batch of several encoders, and the settings of its run.
 *
 * @param widths D of each modality
 * @param lengths the lengths of each modality's rows; 0 if absent
 * @param cluster whether the CTAs of a cluster share the recurrent matrix
 * @param groupRows the largest number of rows of a group, even
 * @param residents the blocks of the recurrent matrix in shared memory; 0 with clusters
 * @param order the order of the threads, see {@link EmulatedGpu#order}
 * @param slices the slices of the weight gradients
 * @param products the suffix of the product kernels: empty, {@code _3xtf32}, {@code _tf32} or
 *     {@code _bf16}
 */
record Case(
    int hidden,
    int[] widths,
    int[][] lengths,
    boolean cluster,
    int groupRows,
    int residents,
    int order,
    int slices,
    String products) {

  static Case of(int hidden, boolean cluster) {
    return new Case(hidden, new int[] {}, new int[][] {}, cluster, 2, 0, 0, 1, "");
  }

  Case with(int width, int... rows) {
    int[] more = Arrays.copyOf(widths, widths.length + 1);
    more[widths.length] = width;
    int[][] all = Arrays.copyOf(lengths, lengths.length + 1);
    all[lengths.length] = rows;
    return new Case(hidden, more, all, cluster, groupRows, residents, order, slices, products);
  }

  Case groupRows(int count) {
    return new Case(hidden, widths, lengths, cluster, count, residents, order, slices, products);
  }

  Case residents(int count) {
    return new Case(hidden, widths, lengths, cluster, groupRows, count, order, slices, products);
  }

  Case order(int seed) {
    return new Case(hidden, widths, lengths, cluster, groupRows, residents, seed, slices, products);
  }

  Case slices(int count) {
    return new Case(hidden, widths, lengths, cluster, groupRows, residents, order, count, products);
  }

  Case products(String name) {
    return new Case(hidden, widths, lengths, cluster, groupRows, residents, order, slices, name);
  }

  int modalities() {
    return widths.length;
  }

  /** Returns B. */
  int batch() {
    return lengths[0].length;
  }

  /** Returns S of a modality. */
  int steps(int modality) {
    return IntStream.of(lengths[modality]).sum();
  }

  /** Returns H as padded for the kernels. */
  int padded() {
    return hidden <= 64 ? 64 : hidden <= 128 ? 128 : 256;
  }

  /** Returns a modality's features [S, D]. */
  float[] x(int modality) {
    return gaussian("x", modality, steps(modality) * widths[modality]);
  }

  /** Returns the gradients of a modality's states [B, 2 hidden]. */
  float[] upstream(int modality) {
    return gaussian("upstream", modality, batch() * 2 * hidden);
  }

  /**
   * Returns the weights of a direction: 2 m is the forward, 2 m + 1 the reverse direction of
   * modality m.
   */
  Weights weights(int direction) {
    return Weights.random(widths[direction / 2], hidden, draws("weights").at(direction));
  }

  ReferenceDirection reference(int direction, Weights weights) {
    return new ReferenceDirection(widths[direction / 2], hidden, direction % 2 == 1, weights);
  }

  /** Returns the packed row of a row's first step. */
  int offset(int modality, int row) {
    return IntStream.of(lengths[modality]).limit(row).sum();
  }

  /** Returns one row's features. */
  float[] row(int modality, int row) {
    int start = offset(modality, row) * widths[modality];
    return Arrays.copyOfRange(
        x(modality), start, start + lengths[modality][row] * widths[modality]);
  }

  private float[] gaussian(String name, int modality, int count) {
    SeedStream draws = draws(name).at(modality);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) draws.nextGaussian();
    }
    return values;
  }

  private static SeedStream draws(String name) {
    return new Seeds(7).stream(name);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "H=%d %s, D=%s, lengths %s, groups of %d, %d blocks in shared memory, %d slices, order %d%s",
        hidden,
        cluster ? "clusters" : "plain",
        Arrays.toString(widths),
        Arrays.deepToString(lengths),
        groupRows,
        residents,
        slices,
        order,
        products);
  }
}
