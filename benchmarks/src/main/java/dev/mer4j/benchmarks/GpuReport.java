package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares times on a GPU with PyTorch's, and prints the errors of each backend against the CPU.
 * Arguments: the JSON file to write, then logs, of which only lines with JSON objects that start
 * with {@code side} are read.
 */
public final class GpuReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GpuReport() {}

  public static void main(String[] arguments) throws IOException {
    ArrayNode lines = JSON.createArrayNode();
    for (int i = 1; i < arguments.length; i++) {
      for (String line : Files.readAllLines(Path.of(arguments[i]))) {
        if (line.startsWith("{\"side\"")) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    Files.writeString(
        Path.of(arguments[0]), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(lines));
    Map<String, Map<String, JsonNode>> cases = new TreeMap<>();
    for (JsonNode line : lines) {
      if (line.has("what")) {
        cases.computeIfAbsent(title(line), t -> new TreeMap<>()).put(who(line), line);
      }
    }
    cases.forEach(
        (title, times) -> {
          System.out.println(title);
          times.forEach(
              (who, line) -> System.out.printf(Locale.ROOT, "  %-36s %s%n", who, times(line)));
        });
    Map<String, List<JsonNode>> checks = new TreeMap<>();
    for (JsonNode line : lines) {
      if (line.path("side").asText().equals("check")) {
        checks.computeIfAbsent(line.path("backend").asText(), e -> new ArrayList<>()).add(line);
      }
    }
    checks.forEach((backend, own) -> System.out.println(errors(backend, own)));
  }

  /** Returns the largest errors of a backend. */
  private static String errors(String backend, List<JsonNode> checks) {
    return String.format(
        Locale.ROOT,
        "%-12s vs %s: states %.1e, gradients %.1e, loss %.1e, tolerance %.0e; %d of %d checks passed",
        backend,
        checks.get(0).path("reference").asText(),
        largest(checks, "state_error"),
        largest(checks, "gradient_error"),
        largest(checks, "loss_error"),
        largest(checks, "tolerance"),
        checks.stream().filter(check -> check.path("good").asBoolean()).count(),
        checks.size());
  }

  private static double largest(List<JsonNode> checks, String field) {
    return checks.stream().mapToDouble(check -> check.path(field).asDouble()).max().orElse(0);
  }

  private static String times(JsonNode line) {
    if (line.has("failed")) {
      return line.path("failed").asText();
    }
    if (line.has("epochs")) {
      return String.format(
          Locale.ROOT,
          "%10.3f ms per step in total; %d epochs of %d segments in %.1f s, after %.1f s of upload",
          line.path("wall_ms").asDouble(),
          line.path("epochs").asInt(),
          line.path("segments").asInt(),
          line.path("wall_s").asDouble(),
          line.path("upload_s").asDouble());
    }
    if (!line.has("device_ms")) {
      return String.format(Locale.ROOT, "%10.3f ms in total", line.path("wall_ms").asDouble());
    }
    String times =
        String.format(
            Locale.ROOT,
            "%10.3f ms on the GPU %10.3f ms in total",
            line.path("device_ms").asDouble(),
            line.path("wall_ms").asDouble());
    return line.has("kernels_ms")
        ? times
            + String.format(Locale.ROOT, " %10.3f ms kernels", line.path("kernels_ms").asDouble())
        : times;
  }

  private static String title(JsonNode line) {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d rows, %d steps",
        line.path("what").asText(),
        line.path("modality").asText(),
        line.path("rows").asInt(),
        line.path("steps").asInt());
  }

  private static String who(JsonNode line) {
    return line.path("side").asText() + " " + line.path("how").asText();
  }
}
