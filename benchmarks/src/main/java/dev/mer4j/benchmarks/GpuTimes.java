package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.cuda.Phase;
import dev.mer4j.cuda.internal.driver.DeviceInfo;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects GPU times and wall times of repeated work and prints their medians as a line of JSON.
 */
final class GpuTimes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Phase, List<Double>> phases = new EnumMap<>(Phase.class);
  private final List<Double> wall = new ArrayList<>();
  private long started;

  void start() {
    started = System.nanoTime();
  }

  void stop() {
    wall.add((System.nanoTime() - started) / 1e6);
  }

  void add(Map<Phase, Double> milliseconds) {
    milliseconds.forEach(
        (phase, time) -> phases.computeIfAbsent(phase, p -> new ArrayList<>()).add(time));
  }

  void clear() {
    phases.clear();
    wall.clear();
  }

  /** Prints the medians with their floors to standard output. */
  void print(
      String how,
      String what,
      String modality,
      int rows,
      int steps,
      DeviceInfo gpu,
      Map<Phase, Roofline> roofs) {
    ObjectNode line = JSON.createObjectNode();
    line.put("side", "mer4j").put("what", what).put("how", how).put("modality", modality);
    line.put("rows", rows).put("steps", steps).put("samples", wall.size());
    line.put("wall_ms", median(wall));
    double device = 0;
    double kernels = 0;
    ObjectNode details = line.putObject("phases");
    for (Map.Entry<Phase, List<Double>> each : phases.entrySet()) {
      double milliseconds = median(each.getValue());
      device += milliseconds;
      ObjectNode phase = details.putObject(each.getKey().name()).put("ms", milliseconds);
      Roofline roof = roofs.get(each.getKey());
      if (roof != null) {
        kernels += milliseconds;
        phase.put("flops", roof.flops()).put("bytes", roof.bytes());
        phase.put("floor_ms", roof.floor(gpu)).put("of_the_floor", milliseconds / roof.floor(gpu));
      }
    }
    if (!phases.isEmpty()) {
      line.put("device_ms", device).put("kernels_ms", kernels);
    }
    line.put("gpu", gpu.name()).put("driver", gpu.driver());
    System.out.println("\n" + line);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
