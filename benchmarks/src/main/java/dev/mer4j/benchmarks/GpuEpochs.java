package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.cuda.CudaBackend;
import dev.mer4j.cuda.CudaNetwork;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Measures the wall time of epochs on a GPU, with the number and lengths of the segments in MOSEI's
 * training split and all modalities; batches are assembled in another thread, as in a trainer.
 * Arguments: the time limit in seconds with resident features (60), of which every other placement
 * gets a sixth, and {@code tiny} for sizes that suit the emulator.
 */
public final class GpuEpochs {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The placement of the features before their step. */
  private enum Place {
    RESIDENT("features resident"),
    AHEAD("features a batch ahead"),
    HOST("features in the step");

    private final String name;

    Place(String name) {
      this.name = name;
    }
  }

  private final List<PerModality<Integer>> lengths;
  private final int epochs;
  private final double seconds;

  private GpuEpochs(List<PerModality<Integer>> lengths, int epochs, double seconds) {
    this.lengths = lengths;
    this.epochs = epochs;
    this.seconds = seconds;
  }

  public static void main(String[] arguments) {
    Optional<String> reason = new CudaBackend().unavailableReason();
    if (reason.isPresent()) {
      System.err.println("no GPU available: " + reason.get());
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

  private static List<PerModality<Integer>> shortened(List<PerModality<Integer>> lengths) {
    return lengths.stream().map(steps -> steps.<Integer>map(own -> 1 + own / 100)).toList();
  }

  private void run(Place place) {
    try (CudaNetwork network = GpuNetworks.open()) {
      Batcher all =
          Batcher.builder(new NoiseSegments(lengths))
              .batchSize(Recipe.BATCH)
              .layout(network.layout())
              .seeds(new Seeds(7))
              .build();
      Batcher placed = place == Place.RESIDENT ? all : Recipe.segments(network.layout());
      long start = System.nanoTime();
      try (TrainingSession session = network.startTraining(Recipe.options(1), placed)) {
        double upload = place == Place.RESIDENT ? (System.nanoTime() - start) / 1e9 : 0;
        System.out.println(session.featurePlacement());
        measure(place, session, all, epochs(place, network, session, all), upload);
      }
    }
  }

  private static IntFunction<PrefetchedBatches> epochs(
      Place place, CudaNetwork network, TrainingSession session, Batcher all) {
    return switch (place) {
      case RESIDENT -> epoch -> session.epoch(epoch, 0);
      case AHEAD -> epoch -> new PrefetchedBatches(all.epoch(epoch), network::prefetch);
      case HOST -> epoch -> new PrefetchedBatches(all.epoch(epoch), batch -> {});
    };
  }

  private void measure(
      Place place,
      TrainingSession session,
      Batcher batches,
      IntFunction<PrefetchedBatches> batchesOf,
      double upload) {
    // Warms up kernels, buffers and the JVM.
    double loss = steps(session, batchesOf.apply(epochs + 1), 1);
    int done = 0;
    long start = System.nanoTime();
    double wall = 0;
    double most = place == Place.RESIDENT ? seconds : seconds / 6;
    while (done < epochs && wall < most) {
      loss = steps(session, batchesOf.apply(++done), batches.batches());
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
  private static double steps(TrainingSession session, PrefetchedBatches batches, int count) {
    SeedStream draws = new Seeds(7).stream("head-dropout");
    double loss = 0;
    try (batches) {
      for (int b = 0; b < count; b++) {
        loss += Recipe.step(session, batches.next(), draws.at(b)).loss();
      }
    }
    return loss / count;
  }
}
