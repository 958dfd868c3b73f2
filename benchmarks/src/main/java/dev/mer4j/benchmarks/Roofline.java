package dev.mer4j.benchmarks;

import dev.mer4j.cuda.Phase;
import dev.mer4j.cuda.internal.driver.DeviceInfo;
import dev.mer4j.data.PerModality;
import java.util.EnumMap;
import java.util.Map;

/**
 * The operations and memory traffic that a phase of a pass requires with any kernel, for rows of
 * equal length.
 *
 * @param flops the floating-point operations
 * @param bytes the bytes to and from GPU memory, each value once
 */
record Roofline(double flops, double bytes) {
  private static final int GATES = 4;
  private static final int DIRECTIONS = 2;

  /**
   * Returns the requirements of the phases that are kernels, for the given modalities.
   *
   * @param hidden H
   */
  static Map<Phase, Roofline> of(
      PerModality<Integer> widths, int rows, int steps, int hidden, boolean training) {
    double packed = (double) rows * steps;
    double gates = packed * GATES * hidden;
    double units = packed * hidden;
    double recurrentWeights = (double) GATES * hidden * hidden;
    Map<Phase, Roofline> phases = new EnumMap<>(Phase.class);
    for (int width : widths.values()) {
      double weights = (double) GATES * hidden * width;
      add(
          phases,
          Phase.PROJECTION,
          2 * gates * width,
          packed * width / DIRECTIONS + weights + gates);
      add(
          phases,
          Phase.FORWARD,
          2 * gates * hidden,
          gates + recurrentWeights + (training ? gates + 2 * units : 0));
      if (training) {
        add(phases, Phase.BACKWARD, 2 * gates * hidden, 2 * gates + units + recurrentWeights);
        add(
            phases,
            Phase.WEIGHT_GRADIENTS,
            2 * gates * (width + hidden),
            packed * width / DIRECTIONS + gates + units + weights + recurrentWeights);
      }
    }
    return phases;
  }

  /** Adds both directions of one modality; {@code values} have four bytes. */
  private static void add(Map<Phase, Roofline> phases, Phase phase, double flops, double values) {
    phases.merge(
        phase,
        new Roofline(DIRECTIONS * flops, DIRECTIONS * values * Float.BYTES),
        (a, b) -> new Roofline(a.flops + b.flops, a.bytes + b.bytes));
  }

  /** Returns the minimum time in milliseconds on a GPU in single precision. */
  double floor(DeviceInfo gpu) {
    return 1e3 * Math.max(flops / flopsPerSecond(gpu), bytes / bytesPerSecond(gpu));
  }

  static double flopsPerSecond(DeviceInfo gpu) {
    int lanes = gpu.major() == 8 && gpu.minor() == 0 ? 64 : 128;
    return 2.0 * lanes * gpu.multiprocessors() * gpu.clockKilohertz() * 1e3;
  }

  static double bytesPerSecond(DeviceInfo gpu) {
    return 2.0 * gpu.memoryKilohertz() * 1e3 * gpu.memoryBits() / Byte.SIZE;
  }
}
