package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts JMH's results of one run side by side. Arguments: our results and libtorch's, as JMH writes
 * them in JSON, and where to write ours; {@code benchmarks/compare} calls it.
 */
public final class Comparison {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Double> medians = new TreeMap<>();

  private Comparison() {}

  public static void main(String[] arguments) throws IOException {
    Comparison comparison = new Comparison();
    comparison.read(Path.of(arguments[0]), "");
    comparison.read(Path.of(arguments[1]), "libtorch ");
    ObjectNode summary = comparison.summary();
    Files.writeString(
        Path.of(arguments[2]), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary));
    System.out.println();
    comparison.medians.forEach((name, ms) -> System.out.printf("%-56s %10.1f ms%n", name, ms));
    System.out.println();
    summary
        .get("ratios")
        .properties()
        .forEach(r -> System.out.printf("%-56s %10.2f%n", r.getKey(), r.getValue().asDouble()));
  }

  private void read(Path file, String prefix) throws IOException {
    for (JsonNode result : JSON.readTree(file.toFile())) {
      String name = result.get("benchmark").asText();
      StringBuilder key =
          new StringBuilder(prefix).append(name.substring(name.lastIndexOf('.') + 1));
      result
          .path("params")
          .properties()
          .forEach(p -> key.append(' ').append(p.getValue().asText()));
      medians.put(
          key.toString(), result.at("/primaryMetric/scorePercentiles").get("50.0").asDouble());
    }
  }

  private ObjectNode summary() {
    double product = Math.min(ms("sgemmOfNd4j"), ms("sgemmOfOneDnn"));
    double rate = 2 * Math.pow(ProductBenchmark.SIZE, 3) / product / 1e6;
    double floor = Recipe.usefulFlops(Recipe.BATCH, Recipe.STEPS) / rate / 1e6;
    medians.put("floor: 32.7 GFLOP at %.0f GFLOP/s".formatted(rate), floor);
    ObjectNode summary = JSON.createObjectNode();
    summary
        .putObject("ratios")
        .put("train_step_vs_libtorch", ms("libtorch step") / ms("step packed"))
        .put("train_step_vs_floor", ms("step packed") / floor)
        .put("encoders_vs_floor", ms("encoders packed") / floor)
        .put("inference_vs_libtorch", ms("libtorch inference") / ms("inference packed 16"))
        .put("epoch_bucketed_vs_padded", ms("epoch packed padded") / ms("epoch packed mosei"));
    ObjectNode milliseconds = summary.putObject("milliseconds");
    medians.forEach(milliseconds::put);
    return summary;
  }

  private double ms(String name) {
    Double median = medians.get(name);
    if (median == null) {
      throw new IllegalStateException("no result of '" + name + "' among " + medians.keySet());
    }
    return median;
  }
}
