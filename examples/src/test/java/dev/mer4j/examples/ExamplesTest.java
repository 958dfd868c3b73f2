package dev.mer4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.SegmentList;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
  @Test
  void aModelTrainedOnArraysFindsThePlantedSignalAndIsSaved(@TempDir Path folder) {
    assertThat(TrainOnYourArrays.train(folder.resolve("model")).macroF1()).isGreaterThan(0.8);
    try (MultimodalModel model = MultimodalModel.load(folder.resolve("model"))) {
      assertThat(model.config().inputs()).isEqualTo(ToyClips.WIDTHS);
    }
  }

  @Test
  void serviceReturnsTheModelsPredictionsToEveryThread() throws Exception {
    MultimodalModel model = TrainOnYourArrays.model();
    try (ServePredictions service = new ServePredictions(model, 0)) {
      HttpClient client = HttpClient.newHttpClient();
      String text = "text" + " 0.5".repeat(6);
      List<CompletableFuture<HttpResponse<String>>> responses =
          Stream.generate(() -> send(client, service, text)).limit(16).toList();
      String first = responses.get(0).get().body();
      assertThat(first.lines()).hasSize(6).allMatch(line -> line.matches("[a-z]+ 0\\.\\d+"));
      for (var response : responses) {
        assertThat(response.get().statusCode()).isEqualTo(200);
        assertThat(response.get().body()).isEqualTo(first);
      }
      HttpResponse<String> refused = send(client, service, "text 1 2").get();
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).isEqualTo("text needs rows of 6 values\n");
    }
    assertThatThrownBy(() -> model.predict(ToyClips.of("test", 1, 3)))
        .isInstanceOf(IllegalStateException.class);
  }

  private static CompletableFuture<HttpResponse<String>> send(
      HttpClient client, ServePredictions service, String body) {
    URI uri = URI.create("http://localhost:" + service.port() + "/predict");
    return client.sendAsync(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theCustomLoopLearns() {
    List<Double> losses = CustomLoop.losses();
    assertThat(losses).hasSize(4);
    assertThat(losses.get(3)).isLessThan(0.7 * losses.get(0));
  }

  @Test
  void moreEpochsAreSignificantlyBetter() {
    var macroF1 = CompareRuns.compare().metrics().get(0);
    assertThat(macroF1.a()).isGreaterThan(macroF1.b());
    assertThat(macroF1.difference().low()).isPositive();
  }

  @Test
  void theGraphGivesTheModelsProbabilities() {
    try (MultimodalModel model = TrainOnYourArrays.model()) {
      SegmentList clips = ToyClips.of("test", 1, 3);
      Prediction expected = model.predict(clips).rows().get(0);
      double[] found = NetworkAsSameDiffGraph.probabilities(model, clips);
      for (Emotion emotion : Emotion.MOSEI) {
        assertThat(found[Emotion.MOSEI.indexOf(emotion)])
            .isCloseTo(expected.probability(emotion), within(1e-5));
      }
    }
  }
}
