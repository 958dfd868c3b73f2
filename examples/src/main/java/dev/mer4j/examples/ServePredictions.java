package dev.mer4j.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mer4j.MerException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.SegmentList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP service that responds to {@code POST /predict} with one line per emotion. The body has
 * one line per available modality, such as {@code text 0.1 0.2 0.3 …}: the values of all steps, row
 * by row.
 */
public final class ServePredictions implements AutoCloseable {
  private final MultimodalModel model;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;

  ServePredictions(MultimodalModel model, int port) throws IOException {
    this.model = model;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/predict", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Serves the model of a folder until the process is terminated. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "toy-model");
    ServePredictions service = new ServePredictions(MultimodalModel.load(folder), 8080);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    System.out.println("listening on " + service.port());
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      String text;
      try {
        text =
            predict(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException | MerException e) {
        status = 400;
        text = e.getMessage() + "\n";
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String predict(String body) {
    SegmentList request = RequestBody.parse(body, model.config().inputs());
    Prediction prediction = model.predict(request).rows().get(0);
    StringBuilder response = new StringBuilder();
    for (Emotion emotion : prediction.labels()) {
      response.append(emotion.key() + " " + prediction.probability(emotion) + "\n");
    }
    return response.toString();
  }

  /** Waits for running requests, then closes the model. */
  @Override
  public void close() {
    server.stop(1);
    threads.shutdown();
    model.close();
  }
}
