package dev.mer4j.core;

import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.Seeds;

/**
 * A short training on rows of 0 to 14 steps. The widths are neither multiples of a vector's length
 * nor of the blocks of products.
 */
public final class JavaTraining {
  private static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 19, Modality.AUDIO, 3, Modality.VISUAL, 26);
  private static final int EPOCHS = 4;

  /** The model that is trained. */
  enum Variant {
    /** Concatenated last states and plain cross-entropy. */
    PLAIN {
      @Override
      ModelBuilder on(ModelBuilder builder) {
        return builder;
      }
    },
    /** Pooled states, additive fusion and focal loss, with their exponentials and powers. */
    POOLED {
      @Override
      ModelBuilder on(ModelBuilder builder) {
        return builder.pooling(Pooling.ATTENTION).fusion(Fusion.additive(2));
      }
    };

    abstract ModelBuilder on(ModelBuilder builder);

    Loss loss() {
      return this == PLAIN ? Loss.UNWEIGHTED : new Loss(Loss.UNWEIGHTED.weights(), 1.5);
    }
  }

  private JavaTraining() {}

  /**
   * Prints the backend and the SHA-256 of the trained parameters of each variant.
   *
   * @param arguments the backend; none for the default
   */
  public static void main(String[] arguments) {
    for (Variant variant : Variant.values()) {
      ModelBuilder builder = builder(variant);
      try (MultimodalModel model =
          arguments.length == 0 ? builder.build() : builder.backend(arguments[0]).build()) {
        System.out.println(model.backend() + " " + sha256(model, variant));
      }
    }
  }

  /** Returns the SHA-256 of the parameters trained with backend {@code java}. */
  static String sha256(Variant variant) {
    try (MultimodalModel model = builder(variant).backend("java").build()) {
      return sha256(model, variant);
    }
  }

  private static ModelBuilder builder(Variant variant) {
    return variant.on(MultimodalModel.builder().inputs(WIDTHS).hidden(20).headHidden(16).seed(3));
  }

  private static String sha256(MultimodalModel model, Variant variant) {
    SegmentSet segments = RandomSegments.of(WIDTHS, "v", 24, 14, 5);
    Batcher batches = Batcher.builder(segments).batchSize(9).build();
    TrainingOptions options =
        new TrainingOptions(variant.loss(), new AdamW.Rates(0.01, 0.01), new GradientClipping(1));
    try (TrainingSession session = model.startTraining(options, batches)) {
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        train(session, epoch);
      }
    }
    return model.parameters().sha256();
  }

  private static void train(TrainingSession session, int epoch) {
    try (PrefetchedBatches batches = session.epoch(epoch, 0)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        session.step(batch, batch.presence(), new Seeds(epoch).stream("dropout"), 0.01);
      }
    }
  }
}
