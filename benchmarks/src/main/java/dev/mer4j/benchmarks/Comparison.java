package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Compares the results of one run. Arguments: the file of the summary, the folder of the results
 * measured once, and a folder for each round of repeated measurements; {@code benchmarks/compare}
 * calls it. Ratios are computed within each round, so that a temporary slowdown of the machine
 * affects both figures.
 */
public final class Comparison {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Comparison() {}

  public static void main(String[] arguments) throws IOException {
    Medians once = Medians.read(Path.of(arguments[1]));
    List<Medians> rounds = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      rounds.add(Medians.read(Path.of(arguments[i])));
    }
    PeerTable table = new PeerTable(Medians.of(rounds).orElse(once));
    System.out.printf(
        Locale.ROOT,
        "%nMedians in ms, of %d rounds; batch 16, 300 steps in every row by default;"
            + " best sgemm %.0f GFLOP/s.%n%n",
        rounds.size(),
        table.rate());
    table.print();
    ObjectNode summary = JSON.createObjectNode();
    ObjectNode ratios = summary.putObject("ratios");
    ObjectNode ranges = summary.putObject("ranges");
    System.out.printf(Locale.ROOT, "%n%-36s%10s%10s%10s%n", "", "median", "from", "to");
    for (PeerTable.Ratio ratio : PeerTable.Ratio.values()) {
      List<Double> found = new ArrayList<>();
      rounds.forEach(round -> new PeerTable(round.orElse(once)).ratio(ratio).ifPresent(found::add));
      if (found.isEmpty()) {
        ratios.putNull(ratio.key());
        continue;
      }
      double median = Medians.median(found);
      double least = Collections.min(found);
      double most = Collections.max(found);
      ratios.put(ratio.key(), rounded(median));
      ranges.putArray(ratio.key()).add(rounded(least)).add(rounded(most));
      System.out.printf(Locale.ROOT, "%-36s%10.2f%10.2f%10.2f%n", ratio.key(), median, least, most);
    }
    double limit = EpochBenchmark.paddedFlops() / EpochBenchmark.moseiFlops();
    ratios.put("epoch_bucketed_vs_padded_by_flops", rounded(limit));
    System.out.printf(Locale.ROOT, "%-36s%10.2f%n", "epoch_bucketed_vs_padded_by_flops", limit);
    summary.put("gflops_per_second", rounded(table.rate()));
    ObjectNode milliseconds = summary.putObject("milliseconds");
    table.medians().byName().forEach((name, ms) -> milliseconds.put(name, rounded(ms)));
    Files.writeString(
        Path.of(arguments[0]), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary));
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
