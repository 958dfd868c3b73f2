package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Medians of JMH in milliseconds, by names such as {@code ours step native}: the implementation,
 * the benchmark's method and the values of its parameters.
 */
record Medians(SortedMap<String, Double> byName) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the results of JMH, {@code IMPLEMENTATION-….json}.
   *
   * @throws IOException if a file cannot be read
   */
  static Medians read(Path folder) throws IOException {
    SortedMap<String, Double> found = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        for (JsonNode result : JSON.readTree(file.toFile())) {
          found.put(
              name.substring(0, name.indexOf('-')) + name(result),
              result.at("/primaryMetric/scorePercentiles").path("50.0").asDouble());
        }
      }
    }
    return new Medians(found);
  }

  private static String name(JsonNode result) {
    String benchmark = result.path("benchmark").asText();
    StringBuilder name = new StringBuilder(" ");
    name.append(benchmark.substring(benchmark.lastIndexOf('.') + 1));
    result
        .path("params")
        .properties()
        .forEach(each -> name.append(' ').append(each.getValue().asText()));
    return name.toString();
  }

  /** Returns the median over rounds of each name, which may be missing in some rounds. */
  static Medians of(List<Medians> rounds) {
    Map<String, List<Double>> all = new TreeMap<>();
    for (Medians round : rounds) {
      round.byName.forEach((name, ms) -> all.computeIfAbsent(name, n -> new ArrayList<>()).add(ms));
    }
    SortedMap<String, Double> medians = new TreeMap<>();
    all.forEach((name, values) -> medians.put(name, median(values)));
    return new Medians(medians);
  }

  /** Returns the median: the middle value, or the mean of the middle two. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** Returns these medians, completed by others for missing names. */
  Medians orElse(Medians other) {
    SortedMap<String, Double> both = new TreeMap<>(other.byName);
    both.putAll(byName);
    return new Medians(both);
  }

  OptionalDouble ms(String name) {
    Double median = byName.get(name);
    return median == null ? OptionalDouble.empty() : OptionalDouble.of(median);
  }

  /** Returns whether any result of an implementation exists. */
  boolean has(String implementation) {
    return byName.keySet().stream().anyMatch(name -> name.startsWith(implementation + " "));
  }
}
