package dev.mer4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir private Path folder;

  @Test
  void computesRatiosWithinRounds() throws IOException {
    round("1", 100, 300);
    round("2", 200, 800);
    round("3", 110, 220);
    JsonNode summary = compare("1", "2", "3");
    assertThat(summary.at("/ratios/train_step_vs_libtorch").asDouble()).isEqualTo(3);
    assertThat(summary.at("/ranges/train_step_vs_libtorch/0").asDouble()).isEqualTo(2);
    assertThat(summary.at("/ranges/train_step_vs_libtorch/1").asDouble()).isEqualTo(4);
    assertThat(summary.at("/milliseconds/ours step native").asDouble()).isEqualTo(110);
  }

  @Test
  void addsUpTheEncodersThatAPeerCompletes() throws IOException {
    round("1", 100, 300);
    result(
        "once/nd4j-1.json",
        benchmark("encoder", "\"inputs\": \"74\"", 250)
            + ","
            + benchmark("encoder", "\"inputs\": \"300\"", 450));
    JsonNode summary = compare("1");
    assertThat(summary.at("/ratios/train_step_vs_nd4j").asDouble()).isEqualTo(7);
    assertThat(summary.at("/ratios/train_step_vs_dl4j").isNull()).isTrue();
  }

  @Test
  void ratioOfInferenceIsOnnxRuntimesTimeToOurs() throws IOException {
    result(
        "1/ours-1.json", benchmark("inference", "\"backend\": \"native\", \"rows\": \"64\"", 50));
    result(
        "1/onnxruntime-1.json",
        benchmark("inference", "\"preset\": \"paper\", \"rows\": \"64\", \"steps\": \"300\"", 60));
    JsonNode ratios = compare("1").at("/ratios");
    assertThat(ratios.at("/inference_of_64_vs_onnxruntime").asDouble()).isEqualTo(1.2);
    assertThat(ratios.at("/inference_vs_onnxruntime").isNull()).isTrue();
  }

  @Test
  void ratiosOfLibxsmmAreItsTimeToOurs() throws IOException {
    result(
        "1/ours-1.json",
        benchmark("encoders", "\"backend\": \"native\"", 50)
            + ","
            + benchmark("inference", "\"backend\": \"native\", \"rows\": \"1\"", 10));
    result(
        "1/libxsmm-1.json",
        benchmark("encoders", "\"rows\": \"16\"", 75)
            + ","
            + benchmark("inference", "\"rows\": \"1\"", 30));
    JsonNode ratios = compare("1").at("/ratios");
    assertThat(ratios.at("/encoders_vs_libxsmm").asDouble()).isEqualTo(1.5);
    assertThat(ratios.at("/inference_of_one_vs_libxsmm").asDouble()).isEqualTo(3);
  }

  @Test
  void floorUsesTheRateOfTheFastestProduct() throws IOException {
    round("1", 100, 300);
    double rate = 2 * Math.pow(2048, 3) / 80 / 1e6;
    JsonNode summary = compare("1");
    assertThat(summary.at("/gflops_per_second").asDouble()).isCloseTo(rate, within(1e-3));
    double floor = Recipe.usefulFlops(Recipe.BATCH, Recipe.STEPS) / rate / 1e6;
    assertThat(summary.at("/ratios/train_step_vs_floor").asDouble())
        .isCloseTo(100 / floor, within(1e-3));
  }

  @Test
  void floorOfOneRowReadsTheRecurrentWeightsInEveryStep() throws IOException {
    result(
        "1/ours-1.json",
        benchmark("inference", "\"backend\": \"native\", \"rows\": \"1\"", 1000)
            + ","
            + benchmark("sgemmOfOneDnn", "", 80)
            + ","
            + benchmark("steps", "", 100));
    double rate = 2 * Math.pow(2048, 3) / 80 / 1e6;
    double projections = 300 * 2.0 * 1024 * (300 + 74 + 713) / rate / 1e6;
    double streams = 6 * 100.0 / Runtime.getRuntime().availableProcessors();
    assertThat(compare("1").at("/ratios/inference_of_one_vs_floor").asDouble())
        .isCloseTo(1000 / (projections + streams), within(1e-3));
  }

  @Test
  void roundWithoutProductHasNoFloor() throws IOException {
    result("1/ours-1.json", benchmark("step", "\"backend\": \"native\"", 100));
    assertThat(compare("1").at("/ratios/train_step_vs_floor").isNull()).isTrue();
  }

  private JsonNode compare(String... rounds) throws IOException {
    String[] arguments = new String[rounds.length + 2];
    arguments[0] = folder.resolve("summary.json").toString();
    arguments[1] = Files.createDirectories(folder.resolve("once")).toString();
    for (int i = 0; i < rounds.length; i++) {
      arguments[i + 2] = folder.resolve(rounds[i]).toString();
    }
    Comparison.main(arguments);
    return new ObjectMapper().readTree(Path.of(arguments[0]).toFile());
  }

  private void round(String name, double ours, double libtorch) throws IOException {
    result(
        name + "/ours-1.json",
        benchmark("step", "\"backend\": \"native\"", ours)
            + ","
            + benchmark("sgemmOfOneDnn", "", 80));
    result(name + "/libtorch-1.json", benchmark("step", "\"rows\": \"16\"", libtorch));
  }

  private static String benchmark(String name, String parameters, double ms) {
    return String.format(
        Locale.ROOT,
        """
        {"benchmark": "some.Benchmark.%s", "params": {%s},
         "primaryMetric": {"scorePercentiles": {"50.0": %s}}}
        """,
        name,
        parameters,
        ms);
  }

  private void result(String file, String benchmarks) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "[" + benchmarks + "]");
  }
}
