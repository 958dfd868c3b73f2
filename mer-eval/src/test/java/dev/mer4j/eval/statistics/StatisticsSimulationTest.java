package dev.mer4j.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writes the tables of docs/evaluation.md to {@code target/simulation.md}, and checks them. */
@Tag("simulation")
class StatisticsSimulationTest {
  private static final Path REPORT = Path.of("target/simulation.md");

  private final List<String> lines = new ArrayList<>();

  @Test
  void intervalsCoverTheTrueValueAndTestsKeepTheirLevel() throws IOException {
    List<Map<String, Double>> sufficient = new ArrayList<>();
    intervals(sufficient);
    differences(sufficient);
    List<NullTests> tests = tests();
    time();

    // The standard deviation of a share of 1000 is 0.7 points at 95 % and at 5 %, of 295 it is 1.3.
    assertThat(sufficient)
        .allSatisfy(shares -> assertThat(shares.values()).allMatch(s -> s >= 0.92 && s <= 0.98));
    assertThat(tests).allMatch(each -> each.single() <= 0.06 && each.family() <= 0.08);
  }

  private void intervals(List<Map<String, Double>> sufficient) throws IOException {
    for (Map.Entry<String, Simulation> design : designs().entrySet()) {
      Simulation simulation = design.getValue();
      Map<String, Double> shares =
          Coverage.ofMetrics(simulation, count(simulation.videos()), Coverage::jackknife);
      line(design.getKey(), shares);
      if (simulation.videos() >= 50) {
        sufficient.add(shares);
      }
    }
    for (int videos : new int[] {100, 676}) {
      line(
          videos + " videos of 1 to 40, percentiles of resamples",
          Coverage.ofMetrics(
              multiLabel(videos, false), count(videos), PercentileBootstrap::intervals));
    }
  }

  private void differences(List<Map<String, Double>> sufficient) throws IOException {
    for (int videos : new int[] {20, 100, 676}) {
      Map<String, Double> shares = Coverage.ofDifferences(multiLabel(videos, false), count(videos));
      line(videos + " videos of 1 to 40, difference of two models", shares);
      if (videos >= 100) {
        sufficient.add(shares);
      }
    }
  }

  private List<NullTests> tests() throws IOException {
    List<NullTests> checked = new ArrayList<>();
    for (int videos : new int[] {20, 100, 676}) {
      Simulation simulation = multiLabel(videos, false);
      NullTests.OfDecisions decisions = NullTests.decisions(simulation, count(videos));
      line(videos + " videos, McNemar on segments", decisions.mcNemar());
      line(videos + " videos, sign-flip test on videos", decisions.signFlip());
      NullTests f1 = NullTests.f1(simulation, count(videos));
      line(videos + " videos, difference of F1", f1);
      checked.add(decisions.signFlip());
      checked.add(f1);
    }
    return checked;
  }

  private void time() throws IOException {
    List<Predictions> pair = multiLabel(676, false).drawPair(1);
    long began = System.nanoTime();
    Uncertainty.of(pair.get(0));
    long intervals = System.nanoTime();
    Comparison.of(pair.get(0), pair.get(1));
    long compared = System.nanoTime();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d segments of 676 videos: intervals %.2f s, comparison of two models %.2f s",
            pair.get(0).size(),
            (intervals - began) / 1e9,
            (compared - intervals) / 1e9));
    Files.write(REPORT, lines);
  }

  /** Returns the number of data sets, fewer for larger ones. */
  private static int count(int videos) {
    return Math.min(1000, 200_000 / videos);
  }

  private static Map<String, Simulation> designs() {
    Map<String, Simulation> designs = new LinkedHashMap<>();
    for (int videos : new int[] {10, 20, 50, 100, 300, 676}) {
      designs.put(videos + " videos of 7", multiLabel(videos, true));
      designs.put(videos + " videos of 1 to 40", multiLabel(videos, false));
    }
    designs.put(
        "100 videos of 1 to 40, very alike, good model",
        new Simulation(LabelSet.MULTI_LABEL, 100, false, 0.7, 0.7, 1.5));
    designs.put(
        "100 videos of 1 to 40, little alike, very good model",
        new Simulation(LabelSet.MULTI_LABEL, 100, false, 0.1, 0.2, 2.5));
    for (int videos : new int[] {100, 676}) {
      designs.put(
          videos + " videos of 1 to 40, one label",
          new Simulation(LabelSet.singleLabel(TieRule.LEAVE_OUT), videos, false, 0.4, 0.5, 1));
    }
    return designs;
  }

  static Simulation multiLabel(int videos, boolean equalSizes) {
    return new Simulation(LabelSet.MULTI_LABEL, videos, equalSizes, 0.4, 0.5, 1);
  }

  private void line(String name, Map<String, Double> shares) throws IOException {
    lines.add(
        "| "
            + name
            + shares.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, " | %s %.1f", e.getKey(), 100 * e.getValue()))
                .collect(Collectors.joining())
            + " |");
    Files.write(REPORT, lines);
  }

  private void line(String name, NullTests tests) throws IOException {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put("p < 0.05", tests.single());
    shares.put("after Holm", tests.family());
    line(name, shares);
  }
}
