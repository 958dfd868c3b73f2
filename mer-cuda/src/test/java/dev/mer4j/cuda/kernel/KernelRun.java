package dev.mer4j.cuda.kernel;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Runs all kernels of a training step except the optimizer's. */
final class KernelRun implements AutoCloseable {
  /** Device addresses of one direction. */
  private record Buffers(
      long gates, long cells, long before, long forward, long backward, long[] weights, long x) {}

  private final EmulatedGpu gpu = EmulatedGpu.open();
  private final Case run;
  private final List<Buffers> directions = new ArrayList<>();
  private final long[] states;
  private final long[] upstream;
  private final int groups;
  private final long groupTable;
  private final long rowTable;

  KernelRun(Case run) {
    this.run = run;
    gpu.order(run.order());
    int states = run.batch() * 2 * run.hidden();
    this.states = new long[run.modalities()];
    upstream = new long[run.modalities()];
    List<Integer> groupEntries = new ArrayList<>();
    List<Integer> rowEntries = new ArrayList<>();
    for (int m = 0; m < run.modalities(); m++) {
      this.states[m] = gpu.put(new float[states]);
      upstream[m] = gpu.put(run.upstream(m));
      long x = gpu.put(run.x(m));
      directions.add(buffers(2 * m, x));
      directions.add(buffers(2 * m + 1, x));
      addGroups(m, groupEntries, rowEntries);
    }
    groups = groupEntries.size() / 4;
    groupTable = gpu.put(groupEntries.stream().mapToInt(Integer::intValue).toArray());
    rowTable = gpu.put(rowEntries.stream().mapToInt(Integer::intValue).toArray());
  }

  private Buffers buffers(int direction, long x) {
    long units = (long) run.steps(direction / 2) * run.padded();
    long panels = 4L * run.padded() * run.padded();
    double[][] tensors = run.weights(direction).tensors();
    long[] weights = new long[tensors.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = gpu.put(floats(tensors[i]));
    }
    return new Buffers(
        gpu.allocate(4 * units),
        gpu.allocate(units),
        gpu.allocate(units),
        gpu.allocate(panels),
        gpu.allocate(panels),
        weights,
        x);
  }

  private void addGroups(int modality, List<Integer> groupEntries, List<Integer> rowEntries) {
    int[] lengths = run.lengths()[modality];
    List<Integer> active =
        IntStream.range(0, lengths.length)
            .filter(b -> lengths[b] > 0)
            .boxed()
            .sorted(Comparator.comparingInt((Integer b) -> lengths[b]).reversed())
            .toList();
    int first = rowEntries.size() / 4;
    for (int b : active) {
      rowEntries.addAll(List.of(run.offset(modality, b), lengths[b], b, 0));
    }
    for (int start = 0; start < active.size(); start += run.groupRows()) {
      int count = Math.min(run.groupRows(), active.size() - start);
      groupEntries.addAll(List.of(2 * modality, first + start, count, 0));
      groupEntries.addAll(List.of(2 * modality + 1, first + start, count, 0));
    }
  }

  /** Packs, projects and runs forward; returns the states [B, 2 hidden] of each modality. */
  float[][] forward(boolean training) {
    Struct packs = new Struct(384);
    Struct projections = new Struct(768);
    int most = 0;
    for (int d = 0; d < directions.size(); d++) {
      Buffers on = directions.get(d);
      long[] w = on.weights();
      packs.pointers(w[1], on.forward(), on.backward());
      projections.pointers(on.x(), w[0], w[2], w[3], on.gates());
      projections.ints(run.steps(d / 2), run.widths()[d / 2]);
      most = Math.max(most, run.steps(d / 2));
    }
    int h = run.padded();
    int[] packing = {h * h / 256, directions.size(), 1};
    gpu.launch("mer_pack", packing, 256, 0, packs.memory(), run.hidden(), h);
    int[] tiles = {4 * h / 128, (most + 127) / 128, directions.size()};
    String project = "mer_project" + run.products();
    gpu.launch(project, tiles, 256, 0, projections.memory(), run.hidden(), h);
    recur("forward", h * 3, table(states, true, training));
    float[][] result = new float[run.modalities()][];
    Arrays.setAll(result, m -> gpu.floats(states[m], run.batch() * 2 * run.hidden()));
    return result;
  }

  /** Runs backward after a training pass; returns the gradients of each direction. */
  Weights[] backward() {
    recur("backward", run.padded() * 9, table(upstream, false, true));
    Weights[] gradients = new Weights[directions.size()];
    for (int d = 0; d < gradients.length; d++) {
      gradients[d] = weightGradients(d);
    }
    return gradients;
  }

  private Memory table(long[] states, boolean forward, boolean training) {
    Struct table = new Struct(768);
    for (int d = 0; d < directions.size(); d++) {
      Buffers on = directions.get(d);
      table.pointers(on.gates(), training ? on.cells() : 0, on.before());
      table.pointers(forward ? on.forward() : on.backward());
      table.pointers(states[d / 2] + (long) (d % 2) * run.hidden() * Float.BYTES);
      table.ints(d % 2, 2 * run.hidden());
    }
    return table.memory();
  }

  /**
   * Runs the recurrence; {@code rowFloats} is the shared memory per row of a plain CTA, of which H
   * floats are its own units'.
   */
  private void recur(String pass, int rowFloats, Memory table) {
    int h = run.padded();
    int threads = h == 256 ? 256 : 512;
    int hidden = run.hidden();
    int rows = run.groupRows();
    if (run.cluster()) {
      int ctas = h == 256 ? 8 : 2;
      String kernel = String.format(Locale.ROOT, "mer_cluster_%s_h%d", pass, h);
      int shared = Float.BYTES * rows * (rowFloats - h + h / ctas);
      int[] grid = {groups * ctas, 1, 1};
      gpu.launch(kernel, grid, threads, shared, table, groupTable, rowTable, hidden, rows);
    } else {
      String kernel = String.format(Locale.ROOT, "mer_%s_h%d", pass, h);
      int shared = Float.BYTES * rows * rowFloats + run.residents() * 64 * threads;
      int[] grid = {groups, 1, 1};
      gpu.launch(
          kernel,
          grid,
          threads,
          shared,
          table,
          groupTable,
          rowTable,
          hidden,
          rows,
          run.residents());
    }
  }

  private Weights weightGradients(int d) {
    int hidden = run.hidden();
    int inputs = run.widths()[d / 2];
    int steps = run.steps(d / 2);
    int size = 4 * hidden * (inputs + hidden + 2);
    long partials = gpu.allocate((long) run.slices() * size);
    long recurrent = partials + 4L * hidden * inputs * Float.BYTES;
    long bias1 = recurrent + 4L * hidden * hidden * Float.BYTES;
    long bias2 = bias1 + 4L * hidden * Float.BYTES;
    Buffers on = directions.get(d);
    Struct products = new Struct(1792);
    products.pointers(on.gates(), on.x(), partials, 0, 0).ints(steps, inputs, inputs, 0);
    products.pointers(on.gates(), on.before(), recurrent, bias1, bias2);
    products.ints(steps, hidden, run.padded(), 0);
    gpu.launch(
        "mer_weight_gradients" + run.products(),
        new int[] {
          (Math.max(inputs, hidden) + 127) / 128, 4 * run.padded() / 128, 2 * run.slices()
        },
        256,
        0,
        products.memory(),
        hidden,
        run.padded(),
        run.slices(),
        (long) size);
    long sum = gpu.allocate(size);
    int[] blocks = {(size + 255) / 256, 1, 1};
    gpu.launch("mer_add_slices", blocks, 256, 0, partials, sum, size, run.slices(), (long) size);
    Weights gradient = Weights.zero(inputs, hidden);
    int at = 0;
    float[] values = gpu.floats(sum, size);
    for (double[] tensor : gradient.tensors()) {
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = values[at++];
      }
    }
    return gradient;
  }

  private static float[] floats(double[] values) {
    float[] copy = new float[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (float) values[i];
    }
    return copy;
  }

  @Override
  public void close() {
    gpu.close();
  }
}
