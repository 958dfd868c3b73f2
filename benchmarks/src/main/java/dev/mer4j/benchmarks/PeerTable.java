package dev.mer4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The work that was timed, in rows, by whom, in columns; and what of it is divided by what. */
record PeerTable(Medians medians) {
  private static final List<String> COLUMNS =
      List.of("floor", "native", "onednn", "libtorch", "pytorch", "dl4j", "nd4j");
  private static final String STEP = "training step";
  private static final String ENCODERS = "encoders, forward and backward";
  private static final String INFERENCE = "inference, batch 16";
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
          "inference, batch 1",
          "inference, batch 64",
          MOSEI,
          PADDED);

  /** The rows that a peer is asked for. */
  private static final Map<String, String> ASKED =
      Map.of(
          "libtorch", "training step|encoders.*|inference.*|ten steps of MOSEI's lengths",
          "pytorch", "training step|encoders.*|inference, batch 16",
          "dl4j", "training step|inference.*",
          "nd4j", "encoder of.*");

  /** How one row's figure is divided by another's, or the same row's of somebody else. */
  enum Ratio {
    TRAIN_STEP_VS_LIBTORCH(STEP, "libtorch", STEP, "native"),
    TRAIN_STEP_VS_PYTORCH(STEP, "pytorch", STEP, "native"),
    TRAIN_STEP_VS_DL4J(STEP, "dl4j", STEP, "native"),
    TRAIN_STEP_VS_ND4J("encoders that survive", "nd4j", STEP, "native"),
    TRAIN_STEP_VS_FLOOR(STEP, "native", STEP, "floor"),
    ENCODERS_VS_FLOOR(ENCODERS, "native", ENCODERS, "floor"),
    LIBTORCH_STEP_VS_FLOOR(STEP, "libtorch", STEP, "floor"),
    INFERENCE_VS_LIBTORCH(INFERENCE, "libtorch", INFERENCE, "native"),
    INFERENCE_VS_FLOOR(INFERENCE, "native", INFERENCE, "floor"),
    EPOCH_VS_LIBTORCH(MOSEI, "libtorch", MOSEI, "native"),
    EPOCH_BUCKETED_VS_PADDED(PADDED, "native", MOSEI, "native");

    private final String above;
    private final String aboveColumn;
    private final String below;
    private final String belowColumn;

    Ratio(String above, String aboveColumn, String below, String belowColumn) {
      this.above = above;
      this.aboveColumn = aboveColumn;
      this.below = below;
      this.belowColumn = belowColumn;
    }

    /** Its name in JSON. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A ratio, if both of its figures are there. */
  OptionalDouble ratio(Ratio ratio) {
    OptionalDouble above = cell(ratio.above, ratio.aboveColumn);
    OptionalDouble below = cell(ratio.below, ratio.belowColumn);
    return above.isPresent() && below.isPresent()
        ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
        : OptionalDouble.empty();
  }

  /** GFLOP/s of the best product. */
  double rate() {
    double fastest =
        Math.min(
            medians.ms("ours sgemmOfNd4j").orElse(Double.POSITIVE_INFINITY),
            medians.ms("ours sgemmOfOneDnn").orElse(Double.POSITIVE_INFINITY));
    return 2 * Math.pow(ProductBenchmark.SIZE, 3) / fastest / 1e6;
  }

  void print() {
    System.out.printf(Locale.ROOT, "%-38s", "");
    COLUMNS.forEach(column -> System.out.printf(Locale.ROOT, "%10s", column));
    System.out.println();
    for (String row : ROWS) {
      System.out.printf(Locale.ROOT, "%-38s", row);
      for (String column : COLUMNS) {
        OptionalDouble cell = cell(row, column);
        System.out.printf(
            Locale.ROOT,
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
    return medians.has(column) ? "crashed" : "absent";
  }

  private OptionalDouble cell(String row, String column) {
    boolean ours = column.equals("native") || column.equals("onednn");
    if (column.equals("floor")) {
      return floor(row);
    }
    if (row.startsWith("inference")) {
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

  /** What the arithmetic would take at the rate of the best product. */
  private OptionalDouble floor(String row) {
    double flops;
    if (row.startsWith("inference")) {
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

  private OptionalDouble oneEncoder(String backend, String width) {
    String size =
        String.format(Locale.ROOT, " %s %s %d %d", backend, width, Recipe.BATCH, Recipe.STEPS);
    OptionalDouble forward = medians.ms("ours forwardTraining" + size);
    OptionalDouble backward = medians.ms("ours backward" + size);
    return forward.isPresent() && backward.isPresent()
        ? OptionalDouble.of(forward.getAsDouble() + backward.getAsDouble())
        : OptionalDouble.empty();
  }

  /** What a peer needs for the encoders that it gets through: less than a step. */
  private OptionalDouble survivors(String peer) {
    double sum =
        Recipe.WIDTHS.values().stream()
            .mapToDouble(width -> medians.ms(peer + " encoder " + width).orElse(0))
            .sum();
    return sum > 0 ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }
}
