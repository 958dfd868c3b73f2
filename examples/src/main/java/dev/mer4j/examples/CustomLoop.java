package dev.mer4j.examples;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.ModalityDropout;
import java.util.ArrayList;
import java.util.List;

/** A custom training loop that halves the learning rate after each epoch. */
public final class CustomLoop {
  private static final int EPOCHS = 4;
  private static final double LEARNING_RATE = 0.02;

  private CustomLoop() {}

  public static void main(String[] arguments) {
    losses().forEach(loss -> System.out.println("mean training loss: " + loss));
  }

  /** Returns the mean loss of each epoch. */
  static List<Double> losses() {
    SegmentSet segments = ToyClips.of("train", 120, 1);
    Seeds seeds = new Seeds(0);
    ModalityDropout modalityDropout = new ModalityDropout(0.2);
    TrainingOptions options =
        new TrainingOptions(
            Loss.UNWEIGHTED, new AdamW.Rates(LEARNING_RATE, 0.01), new GradientClipping(1));
    List<Double> losses = new ArrayList<>();
    try (MultimodalModel model = TrainOnYourArrays.model()) {
      Batcher batcher =
          Batcher.builder(segments)
              .batchSize(12)
              .layout(model.layout())
              .standardization(Standardization.fit(segments))
              .seeds(seeds)
              .build();
      try (TrainingSession session = model.startTraining(options, batcher)) {
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
          double rate = LEARNING_RATE / (1 << (epoch - 1));
          SeedStream modalityDraws = seeds.stream("modality-dropout").at(epoch);
          SeedStream headDraws = seeds.stream("head-dropout").at(epoch);
          double sum = 0;
          try (PrefetchedBatches batches = session.epoch(epoch, 0)) {
            for (int step = 0; batches.hasNext(); step++) {
              Batch batch = batches.next();
              StepResult result =
                  session.step(
                      batch, modalityDropout.apply(batch, modalityDraws), headDraws.at(step), rate);
              sum += result.loss();
            }
          }
          losses.add(sum / session.stepsPerEpoch());
        }
      }
    }
    return losses;
  }
}
