package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Puts the results of one run side by side. Arguments: a folder of results, {@code PEER-….json} as
 * JMH writes them, and where to write the summary; {@code benchmarks/compare} calls it. What a peer
 * has no result of is said to be missing.
 */
public final class Comparison {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> COLUMNS =
      List.of("floor", "packed", "onednn", "libtorch", "pytorch", "dl4j", "nd4j");
  private static final List<String> ROWS =
      List.of(
          "training step",
          "encoders, forward and backward",
          "encoder of 74, forward and backward",
          "encoder of 300, forward and backward",
          "encoder of 713, forward and backward",
          "inference, batch 16",
          "inference, batch 1",
          "inference, batch 64",
          "ten steps of MOSEI's lengths",
          "ten steps padded to 300");

  /** The rows that a peer is asked for. */
  private static final Map<String, String> ASKED =
      Map.of(
          "libtorch", "training step|encoders.*|inference.*",
          "pytorch", "training step|encoders.*|inference, batch 16",
          "dl4j", "training step|inference.*",
          "nd4j", "encoder of.*");

  private final Map<String, Double> medians = new TreeMap<>();

  private Comparison() {}

  public static void main(String[] arguments) throws IOException {
    Comparison comparison = new Comparison();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(arguments[0]), "*.json")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        comparison.read(file, name.substring(0, name.indexOf('-')));
      }
    }
    ObjectNode summary = comparison.summary();
    Files.writeString(
        Path.of(arguments[1]), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary));
    comparison.print();
    System.out.println();
    summary
        .get("ratios")
        .properties()
        .forEach(r -> System.out.printf(Locale.ROOT, "%-40s %s%n", r.getKey(), r.getValue()));
  }

  private void read(Path file, String peer) throws IOException {
    for (JsonNode result : JSON.readTree(file.toFile())) {
      String name = result.path("benchmark").asText();
      StringBuilder key =
          new StringBuilder(peer).append(' ').append(name.substring(name.lastIndexOf('.') + 1));
      result
          .path("params")
          .properties()
          .forEach(p -> key.append(' ').append(p.getValue().asText()));
      medians.put(
          key.toString(), result.at("/primaryMetric/scorePercentiles").path("50.0").asDouble());
    }
  }

  /** The rows of the table, from what JMH's results are called. */
  private OptionalDouble cell(String row, String column) {
    int batch = row.startsWith("inference") ? Integer.parseInt(row.substring(17)) : Recipe.BATCH;
    boolean ours = column.equals("packed") || column.equals("onednn");
    if (row.startsWith("inference")) {
      return column.equals("floor")
          ? OptionalDouble.empty()
          : ms(ours ? "ours inference " + column + " " + batch : column + " inference " + batch);
    }
    if (row.startsWith("encoder of")) {
      String width = row.split("[ ,]", -1)[2];
      return ours ? oneEncoder(column, width) : ms(column + " encoder " + width);
    }
    if (row.startsWith("ten steps")) {
      String lengths = row.contains("padded") ? "padded" : "mosei";
      return ours ? ms("ours epoch " + column + " " + lengths) : OptionalDouble.empty();
    }
    if (column.equals("floor")) {
      return OptionalDouble.of(floor());
    }
    String name = row.equals("training step") ? "step" : "encoders";
    return ms(ours ? "ours " + name + " " + column : column + " " + name + " " + Recipe.BATCH);
  }

  private OptionalDouble oneEncoder(String engine, String width) {
    String size = " %s %s %d %d".formatted(engine, width, Recipe.BATCH, Recipe.STEPS);
    OptionalDouble forward = ms("ours forwardTraining" + size);
    OptionalDouble backward = ms("ours backward" + size);
    return forward.isPresent() && backward.isPresent()
        ? OptionalDouble.of(forward.getAsDouble() + backward.getAsDouble())
        : OptionalDouble.empty();
  }

  private double rate() {
    OptionalDouble nd4j = ms("ours sgemmOfNd4j");
    OptionalDouble oneDnn = ms("ours sgemmOfOneDnn");
    double fastest =
        Math.min(nd4j.orElse(Double.POSITIVE_INFINITY), oneDnn.orElse(Double.POSITIVE_INFINITY));
    return 2 * Math.pow(ProductBenchmark.SIZE, 3) / fastest / 1e6;
  }

  private double floor() {
    return Recipe.usefulFlops(Recipe.BATCH, Recipe.STEPS) / rate() / 1e6;
  }

  private ObjectNode summary() {
    ObjectNode summary = JSON.createObjectNode();
    ObjectNode ratios = summary.putObject("ratios");
    String step = "training step";
    ratio(ratios, "train_step_vs_libtorch", cell(step, "libtorch"), cell(step, "packed"));
    ratio(ratios, "train_step_vs_pytorch", cell(step, "pytorch"), cell(step, "packed"));
    ratio(ratios, "train_step_vs_dl4j", cell(step, "dl4j"), cell(step, "packed"));
    ratio(ratios, "train_step_vs_nd4j", survivors(), cell(step, "packed"));
    ratio(ratios, "train_step_vs_floor", cell(step, "packed"), cell(step, "floor"));
    ratio(
        ratios,
        "encoders_vs_floor",
        cell("encoders, forward and backward", "packed"),
        cell(step, "floor"));
    String inference = "inference, batch 16";
    ratio(ratios, "inference_vs_libtorch", cell(inference, "libtorch"), cell(inference, "packed"));
    ratio(
        ratios,
        "epoch_bucketed_vs_padded",
        cell("ten steps padded to 300", "packed"),
        cell("ten steps of MOSEI's lengths", "packed"));
    ratios.put("epoch_bucketed_vs_padded_by_flops", rounded(EpochBenchmark.limit()));
    summary.put("gflops_per_second", rounded(rate()));
    ObjectNode milliseconds = summary.putObject("milliseconds");
    medians.forEach((name, ms) -> milliseconds.put(name, rounded(ms)));
    return summary;
  }

  /** What ND4J needs for the encoders that it gets through: less than a step. */
  private OptionalDouble survivors() {
    double sum =
        Recipe.WIDTHS.values().stream()
            .mapToDouble(width -> ms("nd4j encoder " + width).orElse(0))
            .sum();
    return sum > 0 ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  private static void ratio(
      ObjectNode ratios, String name, OptionalDouble above, OptionalDouble below) {
    if (above.isPresent() && below.isPresent()) {
      ratios.put(name, rounded(above.getAsDouble() / below.getAsDouble()));
    } else {
      ratios.putNull(name);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private OptionalDouble ms(String name) {
    Double median = medians.get(name);
    return median == null ? OptionalDouble.empty() : OptionalDouble.of(median);
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%nMedians in ms; batch 16, 300 steps in every row unless told; best sgemm %.0f GFLOP/s.%n%n",
        rate());
    System.out.printf("%-38s", "");
    COLUMNS.forEach(column -> System.out.printf("%10s", column));
    System.out.println();
    for (String row : ROWS) {
      System.out.printf("%-38s", row);
      for (String column : COLUMNS) {
        OptionalDouble cell = cell(row, column);
        System.out.printf(
            "%10s",
            cell.isPresent()
                ? String.format(Locale.ROOT, "%.1f", cell.getAsDouble())
                : missing(row, column));
      }
      System.out.println();
    }
  }

  /** Why a cell is empty: nothing for what no peer was asked. */
  private String missing(String row, String column) {
    if (!row.matches(ASKED.getOrDefault(column, ""))) {
      return "";
    }
    boolean ran = medians.keySet().stream().anyMatch(name -> name.startsWith(column + " "));
    return ran ? "crashed" : "absent";
  }
}
