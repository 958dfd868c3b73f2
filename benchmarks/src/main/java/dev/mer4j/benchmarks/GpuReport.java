package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts our times on a GPU beside PyTorch's. Arguments: where to write everything as one JSON
 * document, then logs; lines of them that are JSON objects with a {@code side} count.
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
          times.forEach((who, line) -> System.out.printf("  %-36s %s%n", who, times(line)));
        });
    long checks = count(lines, "check");
    System.out.printf(
        "%d checks, %d of them good%n", checks, checks - count(lines, "check", "good", false));
  }

  private static String times(JsonNode line) {
    if (line.has("failed")) {
      return line.path("failed").asText();
    }
    if (line.has("epochs")) {
      return "%10.3f ms a step in all; %d epochs of %d segments in %.1f s, after %.1f s of upload"
          .formatted(
              line.path("wall_ms").asDouble(),
              line.path("epochs").asInt(),
              line.path("segments").asInt(),
              line.path("wall_s").asDouble(),
              line.path("upload_s").asDouble());
    }
    String times =
        "%10.3f ms on the GPU %10.3f ms in all"
            .formatted(line.path("device_ms").asDouble(), line.path("wall_ms").asDouble());
    return line.has("kernels_ms")
        ? times + " %10.3f ms kernels".formatted(line.path("kernels_ms").asDouble())
        : times;
  }

  private static String title(JsonNode line) {
    return "%s, %s, %d rows, %d steps"
        .formatted(
            line.path("what").asText(),
            line.path("modality").asText(),
            line.path("rows").asInt(),
            line.path("steps").asInt());
  }

  private static String who(JsonNode line) {
    return line.path("side").asText() + " " + line.path("how").asText();
  }

  private static long count(ArrayNode lines, String side) {
    return lines.valueStream().filter(line -> line.path("side").asText().equals(side)).count();
  }

  private static long count(ArrayNode lines, String side, String field, boolean value) {
    return lines
        .valueStream()
        .filter(line -> line.path("side").asText().equals(side))
        .filter(line -> line.path(field).asBoolean() == value)
        .count();
  }
}
