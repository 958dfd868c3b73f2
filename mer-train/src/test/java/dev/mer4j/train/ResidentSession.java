package dev.mer4j.train;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.seed.SeedStream;
import java.util.HashMap;
import java.util.Map;

/** A session that adds its resident features to batches without features. */
final class ResidentSession implements TrainingSession {
  private final TrainingSession session;
  private final Map<SegmentId, PerModality<float[]>> features = new HashMap<>();

  ResidentSession(TrainingSession session, Batcher batches) {
    this.session = session;
    for (Batch batch : batches.inOrder()) {
      for (int b = 0; b < batch.size(); b++) {
        int row = b;
        features.put(
            batch.segments().get(b).id(), batch.sequences().map(sequences -> row(sequences, row)));
      }
    }
  }

  private static float[] row(Sequences from, int b) {
    float[] values = new float[from.lengths()[b] * from.width()];
    for (int t = 0; t < from.lengths()[b]; t++) {
      System.arraycopy(from.values(), from.offset(b, t), values, t * from.width(), from.width());
    }
    return values;
  }

  @Override
  public StepResult step(Batch bare, Presence kept, SeedStream headDropout, double learningRate) {
    PerModality.Builder<Sequences> full = PerModality.builder();
    bare.sequences().forEach((modality, rows) -> full.put(modality, fill(bare, modality, rows)));
    Batch batch = new Batch(bare.segments(), bare.presence(), full.build(), bare.targets());
    return session.step(batch, kept, headDropout, learningRate);
  }

  private Sequences fill(Batch batch, Modality modality, Sequences bare) {
    float[] values = new float[bare.batch() * bare.steps() * bare.width()];
    for (int b = 0; b < bare.batch(); b++) {
      float[] own = features.get(batch.segments().get(b).id()).get(modality);
      for (int t = 0; t < bare.lengths()[b]; t++) {
        System.arraycopy(own, t * bare.width(), values, bare.offset(b, t), bare.width());
      }
    }
    return new Sequences(
        bare.batch(), bare.steps(), bare.width(), bare.lengths(), bare.layout(), values);
  }

  @Override
  public int stepsPerEpoch() {
    return session.stepsPerEpoch();
  }

  @Override
  public PrefetchedBatches epoch(int epoch, int done) {
    return session.epoch(epoch, done);
  }

  @Override
  public float[] gradient() {
    return session.gradient();
  }

  @Override
  public AdamW.State optimizerState() {
    return session.optimizerState();
  }

  @Override
  public void restore(AdamW.State state) {
    session.restore(state);
  }

  @Override
  public String featurePlacement() {
    return features.size() + " segments are resident";
  }

  @Override
  public void close() {
    features.clear();
    session.close();
  }
}
