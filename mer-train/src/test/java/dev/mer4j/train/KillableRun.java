package dev.mer4j.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.Sha256;
import dev.mer4j.train.Schedule.Decay;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training run in a separate process, to be killed: it continues from the checkpoints of its
 * folder, signals the start of training by {@code started}, and finally writes {@code
 * outcome.json}.
 */
final class KillableRun {
  static final String OUTCOME = "outcome.json";
  static final String STARTED = "started";
  private static final TrainingSplit TRAIN = Toys.training("train", 60);
  private static final ValidationSplit VALID = Toys.validation("valid", 20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private KillableRun() {}

  /**
   * Trains.
   *
   * @param args the run's folder, its seed, its epochs, the minutes between checkpoints, and its
   *     backend
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    TrainerConfig config =
        config(Long.parseLong(args[1]), Integer.parseInt(args[2])).toBuilder()
            .checkpointMinutes(Double.parseDouble(args[3]))
            .build();
    OutputFile.of(folder.resolve(OUTCOME), FileMark.startsWith("{"))
        .write(outcome(folder, config, args[4]));
  }

  static TrainerConfig config(long seed, int epochs) {
    return TrainerConfig.builder()
        .epochs(epochs)
        .batchSize(4)
        .learningRate(0.01)
        .schedule(new Schedule(1.5, Decay.COSINE, 2))
        .checkpointEvery(3)
        .seed(seed)
        .build();
  }

  /** Trains, and returns all results that must not depend on interruptions. */
  static String outcome(Path folder, TrainerConfig config, String backend) throws IOException {
    Path steps = folder.resolve("steps.jsonl");
    try (MultimodalModel model = Toys.builder(LabelSet.MULTI_LABEL).backend(backend).build();
        StepLog log = new StepLog(steps)) {
      TrainingRun run =
          Trainer.builder()
              .config(config)
              .checkpoints(folder.resolve("checkpoints"))
              .resume(true)
              .listener(log)
              .listener(new ReadyFile(folder))
              .build()
              .fit(model, TRAIN, VALID);
      List<List<Double>> predictions =
          model.predict(VALID).rows().stream().map(Prediction::probabilities).toList();
      Map<String, Object> outcome = new TreeMap<>();
      outcome.put("parameters", model.parameters().sha256());
      outcome.put("history", run.history().epochs().stream().map(KillableRun::timeless).toList());
      outcome.put("thresholds", run.thresholds().perEmotion());
      outcome.put("steps", sha256(Files.readString(steps)));
      outcome.put("predictions", sha256(predictions.toString()));
      return JSON.writeValueAsString(outcome);
    }
  }

  private static String sha256(String text) {
    return new Sha256().put(text).hex();
  }

  private static List<Number> timeless(EpochRecord e) {
    return List.of(
        e.epoch(),
        e.steps(),
        e.skipped(),
        e.loss(),
        e.gradientNorm(),
        e.clipShare(),
        e.learningRate(),
        e.validLoss(),
        e.validMacroF1());
  }

  private record ReadyFile(Path folder) implements TrainingListener {
    @Override
    public void started(int epochs, History before) {
      OutputFile.of(folder.resolve(STARTED), FileMark.startsWith("")).write("");
    }
  }
}
