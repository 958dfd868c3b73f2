package dev.mer4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuReportTest {
  private static final Path PEER = Path.of("src/main/python/gpu_peer.py");

  @TempDir private Path folder;

  @Test
  void keepsOnlyLinesWithMeasurements() throws IOException {
    Path log = folder.resolve("log.txt");
    Files.writeString(
        log,
        """
        # JMH version: 1.37
        {"side":"mer4j","what":"training","how":"cuda","modality":"all","rows":16,"steps":300}
        {"side": "torch", "what": "training", "how": "padded, graph", "failed": "no graph"}
        {"side":"mer4j","what":"epochs","how":"cuda, features resident","epochs":50,"segments":3292}
        {"other": 1}
        """);
    Path json = folder.resolve("result.json");
    GpuReport.main(new String[] {json.toString(), log.toString()});
    JsonNode lines = new ObjectMapper().readTree(json.toFile());
    assertThat(lines)
        .extracting(line -> line.path("side").asText())
        .containsExactly("mer4j", "torch", "mer4j");
  }

  @Test
  void printsTheLargestErrorsOfEachBackend() throws IOException {
    Path log = folder.resolve("log.txt");
    Files.writeString(
        log,
        """
        {"side":"check","backend":"cuda","reference":"native","tolerance":1e-4,"state_error":3e-7,"good":true}
        {"side":"check","backend":"cuda-tf32","reference":"native","tolerance":1e-3,"state_error":2e-4,"good":true}
        {"side":"check","backend":"cuda-tf32","reference":"native","tolerance":1e-3,"state_error":2e-3,"good":false}
        {"side":"check","backend":"cuda-tf32","reference":"native","tolerance":1e-3,"loss_error":5e-4,"good":true}
        """);
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      GpuReport.main(new String[] {folder.resolve("result.json").toString(), log.toString()});
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "cuda         vs native: states 3.0e-07, gradients 0.0e+00, loss 0.0e+00, tolerance"
                + " 1e-04; 1 of 1 checks passed",
            "cuda-tf32    vs native: states 2.0e-03, gradients 0.0e+00, loss 5.0e-04, tolerance"
                + " 1e-03; 2 of 3 checks passed");
  }

  @Test
  @Tag("torch")
  void peerPrintsLinesOfEveryKind() throws IOException, InterruptedException {
    Path log = folder.resolve("peer.txt");
    int status =
        run(log, PEER.toString(), "--device", "cpu", "--tiny", "--modalities", "audio,all");
    assertThat(status).isZero();
    Path json = folder.resolve("result.json");
    GpuReport.main(new String[] {json.toString(), log.toString()});
    List<String> found = new ArrayList<>();
    for (JsonNode line : new ObjectMapper().readTree(json.toFile())) {
      assertThat(line.has("failed")).as(line.toString()).isFalse();
      assertThat(line.path("device_ms").asDouble()).isPositive();
      found.add(line.path("what").asText() + ", " + line.path("how").asText());
    }
    assertThat(found)
        .contains(
            "inference, padded, eager",
            "inference, packed, eager",
            "training, padded, eager",
            "training, packed, eager",
            "step full, padded, eager, upload",
            "step mosei, packed, eager");
  }

  private static int run(Path output, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start()
        .waitFor();
  }
}
