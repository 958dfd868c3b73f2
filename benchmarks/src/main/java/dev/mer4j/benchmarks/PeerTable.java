package dev.mer4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The table of times, with workloads in rows and implementations in columns, and the ratios between
 * cells.
 */
record PeerTable(Medians medians) {
  private static final List<String> COLUMNS =
      List.of(
          "floor",
          "native",
          "java",
          "onednn",
          "onnxruntime",
          "libxsmm",
          "libtorch",
          "pytorch",
          "dl4j",
          "nd4j");

  /** The threads that read weights at once in {@link WeightStreamBenchmark}. */
  private static final int STREAMS = Runtime.getRuntime().availableProcessors();

  private static final Set<String> OURS = Set.of("native", "java", "onednn");
  private static final String STEP = "training step";
  private static final String ENCODERS = "encoders, forward and backward";
  private static final String INFERENCE = "inference, batch 16";
  private static final String INFERENCE_OF_ONE = "inference, batch 1";
  private static final String INFERENCE_OF_64 = "inference, batch 64";
  private static final String SEGMENT = "one segment of ";
  private static final String SEGMENT_OF_20 = SEGMENT + "20 steps";
  private static final String SEGMENT_OF_100 = SEGMENT + "100 steps";
  private static final String SEGMENT_OF_300 = SEGMENT + "300 steps";
  private static final String MOSEI = "ten steps of MOSEI's lengths";
  private static final String PADDED = "ten steps padded to 300";
  private static final List<String> ROWS =
      List.of(
          STEP,
          ENCODERS,
          "encoder of 74, forward and backward",
          "encoder of 300, forward and backward",
          "encoder of 713, forward and backward",
          INFERENCE,
          INFERENCE_OF_ONE,
          INFERENCE_OF_64,
          SEGMENT_OF_20,
          SEGMENT_OF_100,
          SEGMENT_OF_300,
          MOSEI,
          PADDED);

  /** The rows that each peer runs, as patterns. */
  private static final Map<String, String> PEER_ROWS =
      Map.of(
          "onnxruntime", "inference.*|one segment.*",
          "libxsmm", "encoders.*|encoder of.*|inference.*",
          "libtorch", "training step|encoders.*|inference.*|ten steps of MOSEI's lengths",
          "pytorch", "training step|encoders.*|inference, batch 16",
          "dl4j", "training step|inference.*",
          "nd4j", "encoder of.*");

  /** A ratio between two cells of the table. */
  enum Ratio {
    TRAIN_STEP_VS_LIBTORCH(STEP, "libtorch", STEP, "native"),
    TRAIN_STEP_VS_PYTORCH(STEP, "pytorch", STEP, "native"),
    TRAIN_STEP_VS_DL4J(STEP, "dl4j", STEP, "native"),
    TRAIN_STEP_VS_ND4J("encoders that survive", "nd4j", STEP, "native"),
    JAVA_TRAIN_STEP_VS_LIBTORCH(STEP, "libtorch", STEP, "java"),
    TRAIN_STEP_VS_FLOOR(STEP, "native", STEP, "floor"),
    ENCODERS_VS_FLOOR(ENCODERS, "native", ENCODERS, "floor"),
    LIBTORCH_STEP_VS_FLOOR(STEP, "libtorch", STEP, "floor"),
    INFERENCE_VS_LIBTORCH(INFERENCE, "libtorch", INFERENCE, "native"),
    JAVA_INFERENCE_VS_LIBTORCH(INFERENCE, "libtorch", INFERENCE, "java"),
    INFERENCE_VS_ONNXRUNTIME(INFERENCE, "onnxruntime", INFERENCE, "native"),
    INFERENCE_OF_ONE_VS_ONNXRUNTIME(INFERENCE_OF_ONE, "onnxruntime", INFERENCE_OF_ONE, "native"),
    INFERENCE_OF_64_VS_ONNXRUNTIME(INFERENCE_OF_64, "onnxruntime", INFERENCE_OF_64, "native"),
    ENCODERS_VS_LIBXSMM(ENCODERS, "libxsmm", ENCODERS, "native"),
    INFERENCE_VS_LIBXSMM(INFERENCE, "libxsmm", INFERENCE, "native"),
    INFERENCE_OF_ONE_VS_LIBXSMM(INFERENCE_OF_ONE, "libxsmm", INFERENCE_OF_ONE, "native"),
    INFERENCE_OF_64_VS_LIBXSMM(INFERENCE_OF_64, "libxsmm", INFERENCE_OF_64, "native"),
    SEGMENT_OF_20_VS_ONNXRUNTIME(SEGMENT_OF_20, "onnxruntime", SEGMENT_OF_20, "native"),
    SEGMENT_OF_100_VS_ONNXRUNTIME(SEGMENT_OF_100, "onnxruntime", SEGMENT_OF_100, "native"),
    SEGMENT_OF_300_VS_ONNXRUNTIME(SEGMENT_OF_300, "onnxruntime", SEGMENT_OF_300, "native"),
    INFERENCE_VS_FLOOR(INFERENCE, "native", INFERENCE, "floor"),
    INFERENCE_OF_ONE_VS_FLOOR(INFERENCE_OF_ONE, "native", INFERENCE_OF_ONE, "floor"),
    INFERENCE_OF_64_VS_FLOOR(INFERENCE_OF_64, "native", INFERENCE_OF_64, "floor"),
    EPOCH_VS_LIBTORCH(MOSEI, "libtorch", MOSEI, "native"),
    EPOCH_BUCKETED_VS_PADDED(PADDED, "native", MOSEI, "native");

    private final String numerator;
    private final String numeratorColumn;
    private final String denominator;
    private final String denominatorColumn;

    Ratio(String numerator, String numeratorColumn, String denominator, String denominatorColumn) {
      this.numerator = numerator;
      this.numeratorColumn = numeratorColumn;
      this.denominator = denominator;
      this.denominatorColumn = denominatorColumn;
    }

    /** Returns the name in JSON. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns a ratio, if both of its cells have values. */
  OptionalDouble ratio(Ratio ratio) {
    OptionalDouble numerator = cell(ratio.numerator, ratio.numeratorColumn);
    OptionalDouble denominator = cell(ratio.denominator, ratio.denominatorColumn);
    return numerator.isPresent() && denominator.isPresent()
        ? OptionalDouble.of(numerator.getAsDouble() / denominator.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Returns the GFLOP/s of the fastest matrix product. */
  double rate() {
    double fastest =
        Math.min(
            medians.ms("ours sgemmOfNd4j").orElse(Double.POSITIVE_INFINITY),
            medians.ms("ours sgemmOfOneDnn").orElse(Double.POSITIVE_INFINITY));
    return 2 * Math.pow(ProductBenchmark.SIZE, 3) / fastest / 1e6;
  }

  /** Prints the rows that an implementation ran. */
  void print() {
    System.out.printf(Locale.ROOT, "%-38s", "");
    COLUMNS.forEach(column -> System.out.printf(Locale.ROOT, "%12s", column));
    System.out.println();
    for (String row : ROWS) {
      if (COLUMNS.stream().skip(1).noneMatch(column -> cell(row, column).isPresent())) {
        continue;
      }
      System.out.printf(Locale.ROOT, "%-38s", row);
      for (String column : COLUMNS) {
        OptionalDouble cell = cell(row, column);
        System.out.printf(
            Locale.ROOT,
            "%12s",
            cell.isPresent()
                ? String.format(Locale.ROOT, "%.1f", cell.getAsDouble())
                : missing(row, column));
      }
      System.out.println();
    }
  }

  /** Returns the text of an empty cell; empty if the peer, or the whole row, was not run. */
  private String missing(String row, String column) {
    boolean run = cell(row, "native").isPresent();
    if (!run || !row.matches(PEER_ROWS.getOrDefault(column, ""))) {
      return "";
    }
    return medians.has(column) ? "crashed" : "absent";
  }

  private OptionalDouble cell(String row, String column) {
    boolean ours = OURS.contains(column);
    if (column.equals("floor")) {
      return floor(row);
    }
    if (row.startsWith(SEGMENT)) {
      return medians.ms(
          ours
              ? "ours predict " + column + " 0 " + steps(row)
              : column + " inference robust 1 " + steps(row));
    }
    if (row.startsWith("inference")) {
      if (column.equals("onnxruntime")) {
        return medians.ms(column + " inference paper " + batch(row) + " " + Recipe.STEPS);
      }
      String batch = " " + batch(row);
      return medians.ms(ours ? "ours inference " + column + batch : column + " inference" + batch);
    }
    if (row.startsWith("encoder of")) {
      String width = row.split("[ ,]", -1)[2];
      return ours ? oneEncoder(column, width) : medians.ms(column + " encoder " + width);
    }
    if (row.startsWith("ten steps")) {
      String lengths = row.equals(PADDED) ? "padded" : "mosei";
      return ours
          ? medians.ms("ours epoch " + column + " " + lengths)
          : medians.ms(column + " epoch " + lengths);
    }
    if (row.equals(STEP) || row.equals(ENCODERS)) {
      String name = row.equals(STEP) ? " step " : " encoders ";
      return medians.ms(ours ? "ours" + name + column : column + name + Recipe.BATCH);
    }
    return survivors(column);
  }

  private static int batch(String row) {
    return Integer.parseInt(row.substring("inference, batch ".length()));
  }

  private static int steps(String row) {
    return Integer.parseInt(row.substring(SEGMENT.length(), row.indexOf(" steps")));
  }

  /**
   * Returns the time of the useful operations at the rate of the fastest matrix product; in one
   * row, at least that of reading the recurrent weights in every step.
   */
  private OptionalDouble floor(String row) {
    double flops;
    if (row.startsWith(SEGMENT)) {
      return floorOfOneRow(steps(row));
    } else if (row.equals(INFERENCE_OF_ONE)) {
      return floorOfOneRow(Recipe.STEPS);
    } else if (row.startsWith("inference")) {
      flops = Recipe.forwardFlops(batch(row), Recipe.STEPS);
    } else if (row.equals(MOSEI)) {
      flops = EpochBenchmark.moseiFlops();
    } else if (row.equals(PADDED)) {
      flops = EpochBenchmark.paddedFlops();
    } else if (row.startsWith("encoder of")) {
      return OptionalDouble.empty();
    } else {
      flops = Recipe.usefulFlops(Recipe.BATCH, Recipe.STEPS);
    }
    return rate() > 0 ? OptionalDouble.of(flops / rate() / 1e6) : OptionalDouble.empty();
  }

  private OptionalDouble floorOfOneRow(int steps) {
    OptionalDouble stream = medians.ms("ours steps");
    if (stream.isEmpty() || rate() == 0) {
      return OptionalDouble.empty();
    }
    int directions = 2 * Recipe.WIDTHS.size();
    double streams =
        stream.getAsDouble() * directions / Math.min(STREAMS, directions) * steps / Recipe.STEPS;
    double recurrent = Recipe.recurrentFlops(1, steps) / rate() / 1e6;
    double projections = Recipe.forwardFlops(1, steps) / rate() / 1e6 - recurrent;
    return OptionalDouble.of(projections + Math.max(streams, recurrent));
  }

  private OptionalDouble oneEncoder(String backend, String width) {
    String size =
        String.format(Locale.ROOT, " %s %s %d %d", backend, width, Recipe.BATCH, Recipe.STEPS);
    OptionalDouble forward = medians.ms("ours forwardTraining" + size);
    OptionalDouble backward = medians.ms("ours backward" + size);
    return forward.isPresent() && backward.isPresent()
        ? OptionalDouble.of(forward.getAsDouble() + backward.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Returns the total time of the encoders that a peer completes, a lower bound of its step. */
  private OptionalDouble survivors(String peer) {
    double sum =
        Recipe.WIDTHS.values().stream()
            .mapToDouble(width -> medians.ms(peer + " encoder " + width).orElse(0))
            .sum();
    return sum > 0 ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }
}
