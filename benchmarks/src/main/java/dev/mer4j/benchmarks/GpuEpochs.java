package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Holding;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.cuda.CudaEngine;
import dev.mer4j.data.Modality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Whole epochs on a GPU by the wall's clock: as many segments as MOSEI's training split of the
 * published recipe has, as long as MOSEI's are, every row with all modalities; batches are
 * assembled in another thread, as a trainer has it. Arguments: the most seconds where the features
 * are held (60), a sixth of which each other place gets, and {@code tiny} for sizes that the
 * emulation can do.
 */
public final class GpuEpochs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double RATE = 1e-4;

  /** Where features are before their step. */
  private enum Place {
    HELD("features held"),
    AHEAD("features a batch ahead"),
    HOST("features in the step");

    private final String name;

    Place(String name) {
      this.name = name;
    }
  }

  private final List<Map<Modality, Integer>> lengths;
  private final int epochs;
  private final double seconds;

  private GpuEpochs(List<Map<Modality, Integer>> lengths, int epochs, double seconds) {
    this.lengths = lengths;
    this.epochs = epochs;
    this.seconds = seconds;
  }

  public static void main(String[] arguments) {
    Optional<String> why = new CudaEngine().whyUnavailable();
    if (why.isPresent()) {
      System.err.println("no GPU to measure: " + why.get());
      System.exit(1);
    }
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 60;
    boolean tiny = arguments.length > 1 && arguments[1].equals("tiny");
    GpuEpochs benchmark =
        tiny
            ? new GpuEpochs(shortened(Recipe.moseiLengths(40)), 2, seconds)
            : new GpuEpochs(Recipe.moseiLengths(3292), 50, seconds);
    for (Place place : Place.values()) {
      benchmark.run(place);
    }
  }

  private static List<Map<Modality, Integer>> shortened(List<Map<Modality, Integer>> lengths) {
    return lengths.stream()
        .map(
            steps -> {
              Map<Modality, Integer> few = new EnumMap<>(Modality.class);
              steps.forEach((modality, own) -> few.put(modality, 1 + own / 100));
              return few;
            })
        .toList();
  }

  private void run(Place place) {
    try (MultimodalModel model = Recipe.model().engine("cuda").build()) {
      Batcher full =
          Batcher.builder(new NoiseSegments(lengths))
              .batchSize(Recipe.BATCH)
              .layout(model.layout())
              .seeds(new Seeds(7))
              .build();
      if (place != Place.HELD) {
        measure(place, model, full, 0);
        return;
      }
      long start = System.nanoTime();
      try (Holding held = model.hold(full)) {
        System.out.println(held.where());
        double upload = (System.nanoTime() - start) / 1e9;
        if (held.held()) {
          measure(place, model, full.withoutFeatures(), upload);
        }
      }
    }
  }

  private void measure(Place place, MultimodalModel model, Batcher batches, double upload) {
    Learner learner = model.learner(new AdamW.Rates(RATE, 0.01), new GradientClipping(1));
    Consumer<Batch> announce = place == Place.AHEAD ? model::announce : batch -> {};
    // Kernels, buffers and the JVM get warm.
    double loss = steps(learner, batches.epoch(epochs + 1).subList(0, 1), announce);
    int done = 0;
    long start = System.nanoTime();
    double wall = 0;
    double most = place == Place.HELD ? seconds : seconds / 6;
    while (done < epochs && wall < most) {
      loss = steps(learner, batches.epoch(++done), announce);
      wall = (System.nanoTime() - start) / 1e9;
    }
    ObjectNode line = JSON.createObjectNode();
    line.put("side", "mer4j").put("what", "epochs").put("how", "cuda, " + place.name);
    line.put("modality", "all").put("rows", Recipe.BATCH).put("steps", Recipe.STEPS);
    line.put("segments", batches.segments()).put("epochs", done).put("of_epochs", epochs);
    line.put("upload_s", upload).put("wall_s", wall).put("loss", loss);
    line.put("wall_ms", wall * 1e3 / done / batches.batches());
    System.out.println("\n" + line);
  }

  /** Returns the mean loss. */
  private static double steps(Learner learner, List<Batch> batches, Consumer<Batch> announce) {
    SeedStream draws = new Seeds(7).stream("head-dropout");
    double loss = 0;
    CompletableFuture<Batch> next = ahead(batches, 0, announce);
    for (int b = 0; b < batches.size(); b++) {
      Batch batch = next.join();
      if (b + 1 < batches.size()) {
        next = ahead(batches, b + 1, announce);
      }
      loss += learner.step(batch, batch.presence(), draws.at(b), RATE).loss();
    }
    return loss / batches.size();
  }

  private static CompletableFuture<Batch> ahead(
      List<Batch> batches, int number, Consumer<Batch> announce) {
    return CompletableFuture.supplyAsync(
        () -> {
          Batch batch = batches.get(number);
          announce.accept(batch);
          return batch;
        });
  }
}
